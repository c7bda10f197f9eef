import QtQuick

// WarmUp: after the first frame, compiles the other pages one by one, so that none of them is slow at its first visit.
// Note is left out: its keyboard takes 12 MB, from the first person on who types.
// The components are kept: with them the engine keeps what it has compiled.
Item {
    id: warm

    readonly property list<string> files: ["Home", "Category", "Details", "Done", "Answer", "Identify", "Number", "Pin", "Place", "Tickets", "NoneOfThese", "Privacy", "Unavailable", "OutOfService"]
    property int next: 0
    property var compiled: []

    Timer {
        interval: 60
        repeat: true
        running: warm.next < warm.files.length
        onTriggered: {
            const last = warm.compiled[warm.compiled.length - 1];
            if (last && last.status === Component.Loading)
                return;
            warm.compiled.push(Qt.createComponent("pages/" + warm.files[warm.next] + "Page.qml", Component.Asynchronous));
            warm.next += 1;
        }
    }
}
