#!/usr/bin/env bash
# sarif-tools 3.0.5 (PyPI): `sarif --check error` fails a build for results that are suppressed.
#
# A SARIF 2.1.0 result may have `suppressions` (section 3.35), each with a `status`: "accepted", "underReview" or
# "rejected". One would expect a check to pass over a result whose suppression is accepted. It counts every result at
# its level, whatever its suppressions: a finding that a desk lets stand, with a reason, fails the build again in
# whatever runs `sarif --check` on the file.
#
# Seen: exit code 1 and "error: 1" for each status, for none, and for a result without suppressions alike.
# Needs python3 with venv. Exits 0 while this is so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'sarif-tools==3.0.5'
cd "$folder"

write() { # NAME SUPPRESSIONS: a file with one result at error level
    cat >"$1.sarif" <<JSON
{"version": "2.1.0",
 "runs": [{"tool": {"driver": {"name": "example", "rules": [{"id": "wrong-sum"}]}},
           "results": [{"ruleId": "wrong-sum", "level": "error", "message": {"text": "2 and 3 are not 6"},
                        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.md"},
                                                            "region": {"startLine": 1}}}]$2}]}]}
JSON
}
write none ''
write without-status ', "suppressions": [{"kind": "inSource", "justification": "checked"}]'
for status in accepted underReview rejected; do
    write "$status" ", \"suppressions\": [{\"kind\": \"inSource\", \"status\": \"$status\"}]"
done

changed=0
for name in none without-status accepted underReview rejected; do
    code=0
    out=$(venv/bin/sarif --check error summary "$name.sarif" 2>&1) || code=$?
    counted=$(grep -c '^error: 1$' <<<"$out" || true)
    echo "suppression $name: exit code $code, counted as an error: $counted"
    [ "$code" = 1 ] && [ "$counted" = 1 ] || changed=1
done
exit "$changed"
