#!/bin/sh
# In the build stage: puts the locked dependencies and the suite into a virtual environment.
# Beside the source stand a bundle's wheels and locks, or nothing; then they come from the index that pip is set up for.
set -eu
target=$1
tools=/tmp/tools

if [ -d wheels ]; then
    locks=locks
    python3 -m zipfile -e wheels/uv-*.whl "$tools"
    uv=$(find "$tools" -path '*/scripts/uv')
    chmod +x "$uv"
    set -- --offline --no-index --find-links wheels
else
    locks=requirements
    python3 -m pip install --quiet --disable-pip-version-check --require-hashes --target "$tools" -r requirements/tools.txt
    uv=$tools/bin/uv
    set --
fi
export UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy

"$uv" venv --quiet --no-project --python python3 /tmp/build
"$uv" pip sync --quiet "$@" --python /tmp/build/bin/python --require-hashes "$locks/tools.txt"
/tmp/build/bin/python -c 'from setuptools import build_meta; build_meta.build_wheel("/tmp/suite")' >/dev/null

"$uv" venv --quiet --no-project --python python3 "$target"
"$uv" pip sync --quiet "$@" --python "$target/bin/python" --require-hashes --compile-bytecode "$locks/runtime.txt"
"$uv" pip install --quiet --offline --no-index --no-deps --python "$target/bin/python" --compile-bytecode /tmp/suite/*.whl
cp deploy/images/healthy.py "$target/healthy.py"
