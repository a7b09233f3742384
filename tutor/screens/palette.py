"""The command palette: Textual's, which closes once and no more."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual import work
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.css.query import NoMatches


class Palette(CommandPalette):
    """Finds steps, terms and commands."""

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        gather: Any = CommandPalette._gather_commands
        # Textual 8.2 goes on with it after the palette was taken away.
        with suppress(NoMatches):
            await gather.__wrapped__(self, search_value)

    def _action_command_list(self, action: str) -> None:
        # Textual 8.2's list has no lines yet when a page key comes right after it was filled.
        with suppress(KeyError):
            super()._action_command_list(action)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        # Textual 8.2 takes away whichever screen is on top: with a second key that was on its
        # way when the palette closed, the one below it.
        return super().dismiss(result) if self is self.app.screen else AwaitComplete()
