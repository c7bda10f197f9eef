import QtQuick
import "../components"

// Story: a Timeline filled with the steps of a view.
Timeline {
    id: story

    required property var told

    steps: story.told.map(step => ({
                state: step.state,
                title: step.title,
                when: step.time,
                text: step.text
            }))
}
