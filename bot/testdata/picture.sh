#!/bin/sh
# Takes a picture of one of the pages here that show how citebot's answers look, with a headless Chromium (Debian: apt-get
# install chromium fonts-noto-core). Nothing of this is needed to build, run or test citebot.
#
#   picture.sh PAGE PICTURE [WIDTH HEIGHT]
#
#   picture.sh readme.html ../../docs/discord.png       the README's picture
#   picture.sh look.html /tmp/look.png 390 10400         everything, as wide as a phone
#
# The pages are made anew with: go test ./bot -run TestLookPage -update
set -eu
cd "$(dirname "$0")"
exec chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
	--window-size="${3:-600},${4:-660}" --screenshot="$2" "file://$PWD/$1"
