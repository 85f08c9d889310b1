"""How are facts inferred that nothing states?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inference:
    """What the user wants of us beyond what files and records state.

    Attributes:
        infer: read facts out of the text where nothing states them; without it only what is stated is believed.
        people_model: a spaCy model that is to find the names in texts of its language; our own by default.
    """

    infer: bool = True
    people_model: str | None = None
