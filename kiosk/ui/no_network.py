"""QML may load files of the program and nothing else."""

from PySide6.QtCore import QIODevice, QObject
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest
from PySide6.QtQml import QQmlNetworkAccessManagerFactory


class _NoNetwork(QNetworkAccessManager):
    def createRequest(
        self, op: QNetworkAccessManager.Operation, request: QNetworkRequest, device: QIODevice | None = None
    ) -> QNetworkReply:
        """Answers every request with an unknown scheme's error: nothing leaves the machine."""
        refused = QNetworkRequest(request)
        refused.setUrl("refused:")
        return super().createRequest(op, refused, device)


class NoNetworkFactory(QQmlNetworkAccessManagerFactory):
    """``engine.setNetworkAccessManagerFactory(NoNetworkFactory())``; the caller keeps it as long as the engine."""

    def create(self, parent: QObject) -> QNetworkAccessManager:
        return _NoNetwork(parent)
