.pragma library

// The two lines of words with spaces whose longer line is shortest; [words] where there is no space.
// measure(text) gives a width in px.
function balanced(words, measure) {
    const parts = words.split(" ");
    let best = [words];
    let least = Infinity;
    for (let at = 1; at < parts.length; at++) {
        const lines = [parts.slice(0, at).join(" "), parts.slice(at).join(" ")];
        const width = Math.max(measure(lines[0]), measure(lines[1]));
        if (width < least) {
            least = width;
            best = lines;
        }
    }
    return best;
}
