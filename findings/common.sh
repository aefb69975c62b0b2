# What the scripts here share: packages in a temporary folder, and the comparison with what was seen.

# python_with PACKAGE==VERSION ...: install these and nothing of ours, and run the program from standard input.
python_with() {
    local folder program
    folder=$(mktemp -d)
    program=$(cat)
    python3 -m venv "$folder/env"
    "$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check "$@" 2>/dev/null
    printf '%s\n' "$program" >"$folder/program.py"
    (cd "$folder" && PYTHONNOUSERSITE=1 "$folder/env/bin/python" -I program.py)
    rm -rf "$folder"
}

# node_with PACKAGE@VERSION ...: install these from npm, without their install scripts, and run the module from standard input.
node_with() {
    local folder
    folder=$(mktemp -d)
    cat >"$folder/program.mjs"
    printf '{"private": true}\n' >"$folder/package.json"
    (cd "$folder" && npm install --silent --no-audit --no-fund --ignore-scripts "$@" >/dev/null 2>&1 && TZ=UTC node program.mjs)
    rm -rf "$folder"
}

# as_seen EXPECTED ACTUAL: print what happens now; fail if it is no longer what was seen.
as_seen() {
    printf '%s\n' "$2"
    if [ "$1" = "$2" ]; then
        echo "AS SEEN"
    else
        printf 'DIFFERENT NOW; seen was:\n%s\n' "$1"
        return 1
    fi
}
