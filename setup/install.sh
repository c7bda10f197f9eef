#!/bin/sh
# As root: installs the Debian packages named, without starting any daemon they bring.
# While it runs, policy-rc.d forbids starts (Debian Policy 9.3.3.1); one that is already there is left alone.
set -eu
policy=${POLICY_RC_D:-/usr/sbin/policy-rc.d}
made=no
restore() {
    if [ "$made" = yes ]; then
        rm -f "$policy"
    fi
}
trap restore EXIT
trap 'exit 130' HUP INT TERM

if [ -e "$policy" ]; then
    if "$policy" pcscd start >/dev/null 2>&1; then
        echo "setup: $policy is yours and allows daemons to start, so those installed may start" >&2
    fi
else
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    made=yes
    chmod 755 "$policy"
fi

# NEEDRESTART_SUSPEND: Ubuntu would otherwise restart the machine's running daemons afterwards.
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
apt-get install --yes --quiet --no-install-recommends "$@"
