# Shared by the scripts beside it: where the repository is, and what the system must have.
# Everything is said on stderr: stdout belongs to the program.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

say() { printf '%s\n' "$*" >&2; }

require_swift() {
  command -v swift >/dev/null 2>&1 && return
  say "没有找到 Swift:请先装 Swift 6 工具链并让 swift 在 PATH 里,然后再运行一次。"
  exit 69
}

# Installs the Debian packages that are missing, or says in one sentence which.
require_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      say "缺少系统包,当前用户又无权安装:请用管理员身份运行 apt-get install ${missing[*]},然后再运行一次。"
      exit 69
    fi
  fi
  say "安装系统包: ${missing[*]}"
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y "${missing[@]}" >&2; then
    "${as_root[@]}" apt-get update >&2 || true
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y "${missing[@]}" >&2 || {
      say "系统包没有装上(${missing[*]}):请检查软件源后手工安装,再运行一次。"
      exit 69
    }
  fi
}
