import QtQuick

// WritePage: free text for whoever asks for words.
NotePage {}
