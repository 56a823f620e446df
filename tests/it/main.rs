//! One integration binary that mirrors `src/`.

mod broken;
mod browser;
mod ci;
mod cli;
mod documents;
mod drafts;
mod engine;
mod example;
mod formats;
mod hostile;
mod house;
mod lexicon;
mod links;
mod mentions;
mod mutation;
mod network;
mod planted;
mod prose;
mod published;
mod report;
mod rules;
mod seeds;
mod support;
mod suppress;
mod together;
mod xbrl;
