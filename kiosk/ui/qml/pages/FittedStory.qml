import QtQuick
import "../components"

// FittedStory: a story in the room there is. Its first steps give way: the latest, and what comes next, are what one looks
// for. all: the steps of a view · room: the height it may take.
Item {
    id: fitted

    required property var all
    required property real room
    property real between: Theme.px(Theme.largeText ? 10 : 34)

    implicitHeight: story.height

    function tall(step: var): real {
        const width = fitted.width - Theme.px(76);
        const title = bodyMetrics.advanceWidth(step.title) * 1.08; // drawn bold
        const time = step.time === "" ? 0 : smallMetrics.advanceWidth(step.time) + Theme.px(20);
        const heads = Math.ceil(title / width) + (time > 0 && title % width + time > width ? 1 : 0);
        const lines = Math.ceil(smallMetrics.advanceWidth(step.text) * 1.06 / width);
        return Math.max(Theme.px(44), heads * bodyMetrics.font.pixelSize * 1.3 + lines * smallMetrics.font.pixelSize * 1.4) + fitted.between;
    }
    function fitting(steps: var, room: real): var {
        let first = 0;
        let end = steps.length;
        let sum = steps.reduce((all, step) => all + fitted.tall(step), 0);
        while (sum > room && end - first > 1) {
            const goes = steps[end - 1].state === "todo" && first >= end - 2 ? --end : first++;
            sum -= fitted.tall(steps[goes]);
        }
        return steps.slice(first, end);
    }

    FontMetrics {
        id: bodyMetrics
        font.family: Theme.family
        font.pixelSize: Theme.text(Theme.body)
    }
    FontMetrics {
        id: smallMetrics
        font.family: Theme.family
        font.pixelSize: Theme.text(Theme.small)
    }
    Story {
        id: story
        told: fitted.fitting(fitted.all, fitted.room)
        between: fitted.between
        width: fitted.width
    }
}
