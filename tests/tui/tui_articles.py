"""Articles that are invented, among them every awkward one."""

from __future__ import annotations

import re

from searcher.model import Article, Fact, Facts, Mention, PartialDate, Person


def article(number, title, paragraphs, *, source=None, day=None, floor=None, people=(), url=None, language="en"):
    text = "\n".join(paragraphs)
    found = []
    for name in people:
        surname = name.split()[-1]
        spans = tuple(match.span() for match in re.finditer(re.escape(surname), text))
        found.append(Person(name, (name, surname), spans, 0.9))
    facts = Facts(
        source=Fact(source, "masthead", 0.95) if source else None,
        date=Fact(PartialDate.parse(day), "dateline", 0.9) if day else None,
        not_before=Fact(PartialDate.parse(floor), "latest day mentioned", 0.8) if floor else None,
        author=Fact("A. Writer", "byline", 0.9) if number == 1 else None,
        mentions=(Mention(PartialDate(2019, 3, 2), "2 March", (0, 3)),) if number == 1 else (),
        people=tuple(found),
    )
    return Article(
        id=f"{number:016x}", path=f"archive/{number:03}.txt", title=title, text=text, raw=f"MENU\n{title}\n{text}",
        language=language, url=url, facts=facts,
    )  # fmt: skip


def small_library():
    """A handful of invented articles, among them every awkward one."""
    return [
        article(1, "Harbour bridge opens after nine years of delay", [
            "The harbour bridge opened to traffic on Saturday, nine years after Mayor Ada Brandt promised it.",
            "“A bridge is a promise in steel,” Brandt told a crowd of some four thousand people.",
            "Engineer Tomas Lindqvist said that the bridge had been tested with forty loaded lorries.",
            "Tolls begin on 2 March. Residents of the old harbour cross free of charge for a year.",
        ], source="Harbour Gazette", day="2019-03-02", people=("Ada Brandt", "Tomas Lindqvist"),
            url="https://news.example/bridge"),
        article(2, "Council votes to keep the ferry", [
            "The council voted nine to four to keep the ferry, although the bridge will take most of its passengers.",
            "Mayor Ada Brandt abstained.",
        ], source="Harbour Gazette", day="2019-02-11", people=("Ada Brandt",)),
        article(3, "What a bridge costs a town", [
            "Every bridge is paid for twice: once in money and once in the shops of the shore that is left behind.",
            "Tomas Lindqvist, who drew the plans, disagrees.",
        ], source="Northern Post", floor="2019-03-02", people=("Tomas Lindqvist",)),
        article(4, "Storm closes the coast road", [
            "A storm closed the coast road for the third time this winter; the new bridge stayed open.",
        ], source="Northern Post", day="2019-11", people=()),
        article(5, "港に新しい橋が開通", [
            "新しい橋が土曜日に開通した。市長は四千人の前で演説した。",
        ], source="港新聞", day="2019-03-03", language="ja"),
        article(6, "[bold]Brackets[/bold] \x1b[31mand\x1b[0m other \u202etricks\u202c of the bridge trade", [
            "Z" + "\u0351" * 9 + "algo crossed the bri\u200bdge [/] with [link=x]markup[/link].",
        ], source="Prank[/]s Daily", people=()),
        article(7, "Letter to the editor", ["The ferry was better."], source="Harbour Gazette", day="2020", people=()),
    ]  # fmt: skip


def large_library(count=300):
    """Many small articles that all say `bridge`."""
    return [
        article(
            number,
            f"Bridge report number {number}",
            [f"Report {number} on the state of the bridge.", "Nothing else happened."],
            source=f"Paper {number % 7}",
            day=f"{2000 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            people=(f"Person {chr(65 + number % 5)}son",),
        )
        for number in range(1, count + 1)
    ]
