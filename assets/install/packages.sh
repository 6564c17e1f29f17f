# Sourced by app/run and tests/run: what Adal needs from Debian, and how to get it. Nothing else is ever downloaded.

packages_to_build="g++ cmake ninja-build pkg-config ccache python3 git ca-certificates tzdata
  libimgui-dev libglfw3-dev libgl-dev libgl1-mesa-dri libfreetype-dev libstb-dev fonts-inter
  libsqlite3-dev libpq-dev libsodium-dev libzstd-dev zlib1g-dev libcpp-httplib-dev libssl-dev
  nlohmann-json3-dev libfmt-dev libcli11-dev libicu-dev libcmark-gfm-dev libcmark-gfm-extensions-dev
  libkainjow-mustache-dev librsvg2-dev librsvg2-bin libcairo2-dev libpugixml-dev"

# a display where there is none, real mouse and keyboard events, pictures of what they did
packages_to_walk="xvfb xauth xdotool x11-utils imagemagick"

packages_to_test="doctest-dev librapidcheck-dev sqlite3 postgresql chromium chromium-driver python3-selenium"

# libFuzzer and the sanitizers of Debian 12's clang
packages_to_fuzz="clang libclang-rt-14-dev"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

missing_packages() { # of those named
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || printf '%s ' "$package"
  done
}

need_packages() { # installs what is missing; without root or sudo prints the line to type, and exits 1
  [ -r /etc/debian_version ] || { echo "Adal is built on Debian 12; this is another system." >&2; exit 1; }
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || { say "All packages are installed."; return 0; }
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo"
    else
      printf 'Some packages are missing. Please run, then start again:\n\n  sudo apt-get install --no-install-recommends %s\n\n' "$missing" >&2
      exit 1
    fi
  fi
  say "Installing from Debian: $missing"
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq || { echo "apt-get update did not work; see above." >&2; exit 1; }
  # shellcheck disable=SC2086
  $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    { echo "apt-get could not install: $missing" >&2; exit 1; }
}

# One build directory a preset; `build release` or `build ci`, then targets.
build() {
  preset=$1; shift
  say "Building ($preset) into build/$preset"
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 ||
    { cat "build/$preset.configure.log" >&2; echo "cmake could not configure the build; see above." >&2; exit 1; }
  cmake --build "build/$preset" --parallel "$(nproc)" ${1:+--target "$@"} || { echo "The build stopped; see above." >&2; exit 1; }
}
