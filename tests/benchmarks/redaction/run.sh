#!/usr/bin/env bash
# Compares what the redactor removes, and what it costs, with the tools people use today. About 10 minutes, most of them theirs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../../../installers/linux/setup.sh"
set_up tests
cd "$root"
exec "$python" -m tests.benchmarks.redaction
