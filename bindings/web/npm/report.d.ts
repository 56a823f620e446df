/* Written from the JSON Schema of the report: `crossfoot schema report`. */

/**
 * One place or several.
 */
export type JsonRole = JsonLabel | JsonLabel[];

/**
 * The report as JSON.
 */
export interface CrossfootReport {
  /**
   * The claims that quote their article.
   */
  claims: JsonClaim[];
  /**
   * The smallest sets of figures and relations that cannot stand together, as many as were looked for.
   */
  conflicts: JsonConflict[];
  coverage: JsonCoverage;
  /**
   * What there is to say, in the order of places.
   */
  findings: JsonFinding[];
  /**
   * Where the articles are at home of which something says so.
   */
  homes: JsonHome[];
  /**
   * Findings that stand: for a reason that was given, or because they are known.
   */
  let_stand: JsonStanding[];
  /**
   * Every relation that was looked at.
   */
  relations: JsonRelation[];
  summary: JsonSummary;
  together: JsonTogether;
  /**
   * The version of this format.
   */
  version: number;
}
/**
 * A claim that quotes its article.
 */
export interface JsonClaim {
  claim: JsonLocation;
  /**
   * Its name.
   */
  id: string;
  /**
   * Where its words stand in the article: one place; before it the other figure, where that changed;
   * several where none is plain.
   */
  places: JsonLocation1[];
  /**
   * What became of its quote: `same`, `moved`, `reworded`, `figure changed`, `gone` or `ambiguous`.
   */
  state: string;
}
/**
 * Where it is named in the claims file.
 */
export interface JsonLocation {
  /**
   * Column in characters, from 1; not there where the file has no lines.
   */
  column?: number | null;
  /**
   * One past the last byte.
   */
  end: number;
  /**
   * The file's name.
   */
  file: string;
  /**
   * Line, from 1; not there where the file has no lines, as a Word document.
   */
  line?: number | null;
  /**
   * The byte of that part at which they begin.
   */
  offset?: number | null;
  /**
   * Paragraph, from 1, of a file without lines; `start` and `end` count its text, a paragraph a line.
   */
  paragraph?: number | null;
  /**
   * The part of such a file that the words stand in: `word/document.xml`.
   */
  part?: string | null;
  /**
   * First byte of the text as UTF-8; the byte of the file where it is in UTF-8.
   */
  start: number;
}
/**
 * A place in a file.
 */
export interface JsonLocation1 {
  /**
   * Column in characters, from 1; not there where the file has no lines.
   */
  column?: number | null;
  /**
   * One past the last byte.
   */
  end: number;
  /**
   * The file's name.
   */
  file: string;
  /**
   * Line, from 1; not there where the file has no lines, as a Word document.
   */
  line?: number | null;
  /**
   * The byte of that part at which they begin.
   */
  offset?: number | null;
  /**
   * Paragraph, from 1, of a file without lines; `start` and `end` count its text, a paragraph a line.
   */
  paragraph?: number | null;
  /**
   * The part of such a file that the words stand in: `word/document.xml`.
   */
  part?: string | null;
  /**
   * First byte of the text as UTF-8; the byte of the file where it is in UTF-8.
   */
  start: number;
}
/**
 * Figures and relations that cannot stand together, none of which can be left out.
 */
export interface JsonConflict {
  /**
   * How many conflicts share figures with this one, itself included.
   */
  among: number;
  /**
   * The figures, those that sit in most conflicts first.
   */
  figures: JsonSuspect[];
  /**
   * The same for the same conflict, wherever in the file it stands.
   */
  fingerprint: string;
  /**
   * Whether there may be more of them than were looked for.
   */
  may_be_more: boolean;
  /**
   * What relates the figures, each with its rule.
   */
  relations: string[];
  /**
   * From the figures as written to the clash, a step a line.
   */
  steps: string[];
}
/**
 * A figure of a conflict.
 */
export interface JsonSuspect {
  /**
   * Column in characters, from 1; not there where the file has no lines.
   */
  column?: number | null;
  /**
   * In how many of the conflicts it sits.
   */
  conflicts: number;
  /**
   * One past the last byte.
   */
  end: number;
  /**
   * The file's name.
   */
  file: string;
  /**
   * The greatest, or the last day; null without end.
   */
  high?: string | null;
  /**
   * Line, from 1; not there where the file has no lines, as a Word document.
   */
  line?: number | null;
  /**
   * The least number that lets the rest stand, in its own unit, or the first day; null without end.
   */
  low?: string | null;
  /**
   * Whether all the other figures agree once it is left out.
   */
  mends_all: boolean;
  /**
   * The byte of that part at which they begin.
   */
  offset?: number | null;
  /**
   * Paragraph, from 1, of a file without lines; `start` and `end` count its text, a paragraph a line.
   */
  paragraph?: number | null;
  /**
   * The part of such a file that the words stand in: `word/document.xml`.
   */
  part?: string | null;
  /**
   * What it would have to read for the rest to stand, in its own style.
   */
  reading?: string | null;
  /**
   * Slips that would explain it.
   */
  slips: JsonSlip[];
  /**
   * First byte of the text as UTF-8; the byte of the file where it is in UTF-8.
   */
  start: number;
  /**
   * The part it plays, or the figure as written.
   */
  text: string;
}
/**
 * A slip of the pen that would explain a figure.
 */
export interface JsonSlip {
  /**
   * What would then have been meant.
   */
  meant: string;
  /**
   * Which.
   */
  slip: string;
}
/**
 * How much of the articles is claimed.
 */
export interface JsonCoverage {
  /**
   * Those of them that a claim quotes.
   */
  claimed: number;
  /**
   * Those that need no checking.
   */
  exempt: number;
  /**
   * Figures and dates that stand in the articles.
   */
  mentions: number;
  /**
   * Where the others stand, of articles with a claims file and where coverage is asked for.
   */
  unclaimed: JsonLabel[];
}
/**
 * A place with words.
 */
export interface JsonLabel {
  /**
   * Column in characters, from 1; not there where the file has no lines.
   */
  column?: number | null;
  /**
   * One past the last byte.
   */
  end: number;
  /**
   * The file's name.
   */
  file: string;
  /**
   * Line, from 1; not there where the file has no lines, as a Word document.
   */
  line?: number | null;
  /**
   * The byte of that part at which they begin.
   */
  offset?: number | null;
  /**
   * Paragraph, from 1, of a file without lines; `start` and `end` count its text, a paragraph a line.
   */
  paragraph?: number | null;
  /**
   * The part of such a file that the words stand in: `word/document.xml`.
   */
  part?: string | null;
  /**
   * First byte of the text as UTF-8; the byte of the file where it is in UTF-8.
   */
  start: number;
  /**
   * The part it plays, or the figure as written.
   */
  text: string;
}
/**
 * Something to tell the user.
 */
export interface JsonFinding {
  /**
   * The value that the other figures come to.
   */
  computed?: string | null;
  /**
   * The fingerprint of the conflict that it tells of.
   */
  conflict?: string | null;
  /**
   * The same for the same finding, wherever in the file it stands.
   */
  fingerprint: string;
  /**
   * One way on.
   */
  help?: string | null;
  location: JsonLocation2;
  /**
   * One line with both sides of the mismatch.
   */
  message: string;
  /**
   * The other figures that take part, and where they are stated.
   */
  related: JsonLabel[];
  /**
   * `accepted` or `original`: the only state of a document with tracked changes that has it, where both
   * were checked and differ.
   */
  revision?: string | null;
  /**
   * The rule or check that speaks.
   */
  rule: string;
  /**
   * `error`, `warning` or `note`.
   */
  severity: string;
  /**
   * The arithmetic, a step a line.
   */
  steps: string[];
  /**
   * What each figure would have to read for the others to stand.
   */
  suggestions: JsonSuggestion[];
}
/**
 * A place in a file.
 */
export interface JsonLocation2 {
  /**
   * Column in characters, from 1; not there where the file has no lines.
   */
  column?: number | null;
  /**
   * One past the last byte.
   */
  end: number;
  /**
   * The file's name.
   */
  file: string;
  /**
   * Line, from 1; not there where the file has no lines, as a Word document.
   */
  line?: number | null;
  /**
   * The byte of that part at which they begin.
   */
  offset?: number | null;
  /**
   * Paragraph, from 1, of a file without lines; `start` and `end` count its text, a paragraph a line.
   */
  paragraph?: number | null;
  /**
   * The part of such a file that the words stand in: `word/document.xml`.
   */
  part?: string | null;
  /**
   * First byte of the text as UTF-8; the byte of the file where it is in UTF-8.
   */
  start: number;
}
/**
 * What a place would have to read.
 */
export interface JsonSuggestion {
  location: JsonLocation3;
  /**
   * What it would have to read.
   */
  text: string;
}
/**
 * A place in a file.
 */
export interface JsonLocation3 {
  /**
   * Column in characters, from 1; not there where the file has no lines.
   */
  column?: number | null;
  /**
   * One past the last byte.
   */
  end: number;
  /**
   * The file's name.
   */
  file: string;
  /**
   * Line, from 1; not there where the file has no lines, as a Word document.
   */
  line?: number | null;
  /**
   * The byte of that part at which they begin.
   */
  offset?: number | null;
  /**
   * Paragraph, from 1, of a file without lines; `start` and `end` count its text, a paragraph a line.
   */
  paragraph?: number | null;
  /**
   * The part of such a file that the words stand in: `word/document.xml`.
   */
  part?: string | null;
  /**
   * First byte of the text as UTF-8; the byte of the file where it is in UTF-8.
   */
  start: number;
}
/**
 * Where an article is at home.
 */
export interface JsonHome {
  /**
   * What the signs and words of money stand for that several currencies share: an ISO 4217 code, or `QML`
   * for a dollar that is not named.
   */
  currency?: SaidLine | null;
  /**
   * `day-first` or `month-first`.
   */
  date_order?: SaidLine | null;
  /**
   * The article's name.
   */
  file: string;
  /**
   * Whose gallons, pints and tons are meant: `uk` or `us`.
   */
  imperial?: SaidLine | null;
}
/**
 * What holds, and who says so.
 */
export interface SaidLine {
  /**
   * `command line`, `article` or `configuration`.
   */
  says: string;
  /**
   * What holds.
   */
  value: string;
}
/**
 * A finding that stands.
 */
export interface JsonStanding {
  location: JsonLocation4;
  /**
   * What it said.
   */
  message: string;
  /**
   * Why it stands.
   */
  reason: string;
  /**
   * The rule or check that spoke.
   */
  rule: string;
}
/**
 * A place in a file.
 */
export interface JsonLocation4 {
  /**
   * Column in characters, from 1; not there where the file has no lines.
   */
  column?: number | null;
  /**
   * One past the last byte.
   */
  end: number;
  /**
   * The file's name.
   */
  file: string;
  /**
   * Line, from 1; not there where the file has no lines, as a Word document.
   */
  line?: number | null;
  /**
   * The byte of that part at which they begin.
   */
  offset?: number | null;
  /**
   * Paragraph, from 1, of a file without lines; `start` and `end` count its text, a paragraph a line.
   */
  paragraph?: number | null;
  /**
   * The part of such a file that the words stand in: `word/document.xml`.
   */
  part?: string | null;
  /**
   * First byte of the text as UTF-8; the byte of the file where it is in UTF-8.
   */
  start: number;
}
/**
 * A relation with its verdict.
 */
export interface JsonRelation {
  /**
   * Why it is unknown, or what a conversion rests on.
   */
  remarks: string[];
  /**
   * Each role's place, or places where it takes a list.
   */
  roles: {
    [k: string]: JsonRole;
  };
  /**
   * The rule, or `assertion`.
   */
  rule: string;
  /**
   * How far the figures have to be stretched for it to hold, from 1, the ends of what their digits
   * allow, to 2, the ends of careless rounding; where it holds only loosely.
   */
  strain?: string | null;
  /**
   * `holds`, `holds loosely`, `contradicts` or `unknown`.
   */
  verdict: "holds" | "holds loosely" | "contradicts" | "unknown";
}
/**
 * How much was checked, and how many findings there are of each level.
 */
export interface JsonSummary {
  /**
   * Relations that were decided by themselves. Where there are none, it means nothing that nothing was
   * found.
   */
  compared: number;
  /**
   * Errors.
   */
  errors: number;
  /**
   * Figures and dates, of claims and of articles beside them.
   */
  figures: number;
  /**
   * How many figures take part in them.
   */
  figures_compared: number;
  /**
   * Notes.
   */
  notes: number;
  /**
   * Warnings.
   */
  warnings: number;
}
/**
 * What the relations came to, all together.
 */
export interface JsonTogether {
  /**
   * Sets of figures that hang together by relations.
   */
  components: number;
  /**
   * Those that cannot.
   */
  contradict: number;
  /**
   * Those that can stand.
   */
  hold: number;
  /**
   * Those of them that can stand only loosely.
   */
  hold_loosely: number;
  /**
   * Those that would have taken more steps than are allowed.
   */
  unknown: number;
  /**
   * The verdict on all of them: `holds`, `holds loosely`, `contradicts` or `unknown`.
   */
  verdict: "holds" | "holds loosely" | "contradicts" | "unknown";
}
