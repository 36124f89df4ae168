"""One table per thing says which verb leads from which states to which: code, CHECKs and drawings read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from foundation.refusals import Refusal

State = TypeVar("State", bound=StrEnum)


class MoveRefused(Refusal):
    """The verb leads nowhere from the present state, usually because somebody else was faster."""


@dataclass(frozen=True)
class StateTable(Generic[State]):
    """Verb → (states it may start from, state it ends in), with the Korean name of the thing that moves."""

    thing: str
    moves: Mapping[str, tuple[frozenset[State], State]]

    def after(self, verb: str, current: State) -> State:
        """The state that `verb` leads to; raises `MoveRefused` with a sentence when it starts elsewhere."""
        sources, target = self.moves[verb]
        if current not in sources:
            label = getattr(current, "ko", current.value)
            raise MoveRefused(f"{self.thing} 상태가 이미 '{label}'입니다. 화면을 새로 열어 확인해 주세요.")
        return target

    def drawing(self) -> str:
        """A Mermaid state diagram of the table, one line per arrow, sorted so that it can be compared."""
        arrows = sorted(
            f"    {source.value} --> {target.value}: {verb}"
            for verb, (sources, target) in self.moves.items()
            for source in sources
        )
        return "\n".join(["stateDiagram-v2", *arrows, ""])
