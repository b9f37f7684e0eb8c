"""Sees what happens in a browser beside what the test looks at."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request


class Watch:
    """What happened in the browser that should not have."""

    def __init__(self) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("console", self._on_console)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "localhost":
            self.outside.append(request.url)
