import QtQuick

// KeyPage: what the four keys know of a page. firstStop: the name of what is most likely wanted on it, where that is neither
// its first stop nor its pad.
FocusScope {
    property string firstStop: ""
}
