import QtQuick

// SubjectPage: which service a complaint is about.
CategoryPage {}
