"""Names for the containers QML knows, so that the type dump for qmllint carries Qt's own names."""

QVariantList = list
QVariantMap = dict
