// What the four keys stop at below an item, in reading order: what can be pressed, and groups of keys as one. Of answers the
// chosen one alone, unless they were opened again; what is "last" (the blue button) after all others.
function below(root, opened) {
    const found = [], last = [];
    gather(root, opened, found, last);
    return found.concat(last);
}

function gather(item, opened, found, last) {
    for (const child of item.children) {
        if (!child.visible || !child.enabled)
            continue;
        if (child.keyGroup)
            found.push(child);
        else if (!child.keyStop)
            gather(child, opened, found, last);
        else if (!child.choice || child.chosen || child.parent === opened || !answered(child))
            (child.last ? last : found).push(child);
    }
}

// Whether one of the answers beside it is chosen.
function answered(answer) {
    return Array.from(answer.parent.children).some(other => other.keyStop && other.visible && other.choice && other.chosen);
}
