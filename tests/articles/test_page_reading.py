"""A web page: its story, and what it states of itself."""

from __future__ import annotations

import pytest

from searcher.articles.formats.web_page import page_draft
from searcher.articles.understanding import understand

BODY = (
    "<article><h1>Locks on the Sorvik canal closed</h1><div class='byline'>By <a rel='author'>Nils Brandt</a></div>"
    "<p>The locks on the Sorvik canal were closed on Friday after a barge ran aground near the old mill.</p>"
    "<p>Nobody was hurt, the harbour master said, and the barge will be towed away on Sunday.</p></article>"
)
LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "Organization", "@id": "#us", "name": "The Island Hour"},
{"@type": "NewsArticle", "headline": "Locks on the Sorvik canal closed", "datePublished": "2020-11-17T10:00:00+01:00",
 "author": [{"@type": "Person", "name": "Eva Lund"}, {"@type": "Person", "name": "Nils Brandt"}],
 "publisher": {"@id": "#us"}, "inLanguage": "en"}]}</script>"""


def page(head: str = "", body: str = BODY) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><nav>Home World</nav>{body}</body></html>".encode()


def stated(content: bytes, field: str, url: str | None = None) -> str | None:
    statement = getattr(page_draft(content, path="p.html", url=url).stated, field)
    return statement.value if statement else None


def test_the_story_and_all_that_is_seen_are_kept_apart() -> None:
    draft = page_draft(page(), path="p.html")
    assert draft.story is not None
    assert "ran aground" in draft.story
    assert "Home World" not in draft.story
    assert "Home World" in draft.raw


def test_linked_data_is_believed() -> None:
    content = page(LINKED)
    assert stated(content, "title") == "Locks on the Sorvik canal closed"
    assert stated(content, "source") == "The Island Hour"
    assert stated(content, "date") == "2020-11-17T10:00:00+01:00"
    assert stated(content, "author") == "Eva Lund, Nils Brandt"
    assert stated(content, "language") == "en"


def test_open_graph_and_meta_tags_are_believed() -> None:
    content = page(
        '<meta property="og:site_name" content="Island Hour">'
        '<meta property="og:title" content="Locks closed | Island Hour">'
        '<meta property="article:published_time" content="2020-11-17T09:00:00Z"><meta name="author" content="Eva Lund">'
        '<link rel="canonical" href="/locks">',
        "<p>Short.</p>",
    )
    assert stated(content, "title") == "Locks closed"
    assert stated(content, "source") == "Island Hour"
    assert stated(content, "date") == "2020-11-17T09:00:00Z"
    assert stated(content, "author") == "Eva Lund"
    assert stated(content, "url", "https://example.org/x?y") == "https://example.org/locks"


def test_the_heading_that_is_seen_is_the_title_when_others_say_the_same() -> None:
    assert stated(page("<title>Sorvik canal locks closed - Island Hour</title>"), "title") == (
        "Locks on the Sorvik canal closed"
    )


def test_a_byline_names_the_author_and_no_more() -> None:
    assert stated(page(), "author") == "Nils Brandt"
    assert (
        stated(page(body="<div class='byline'>By Nils Brandt, Staff writer | 17 Nov</div>"), "author") == "Nils Brandt"
    )


@pytest.mark.parametrize(
    "script",
    ["{", "[[[[", '{"@type": "NewsArticle", "headline": 3, "author": {"name": {"name": 4}}}', "null", "[" * 9999],
)
def test_broken_linked_data_harms_nothing(script: str) -> None:
    draft = page_draft(page(f'<script type="application/ld+json">{script}</script>'), path="p.html")
    assert "ran aground" in draft.raw


def test_a_page_without_a_story_is_read_by_what_is_seen() -> None:
    draft = page_draft(b"<table><tr><td>one</td><td>two</td></tr></table><script>hidden()</script>", path="p.html")
    assert draft.raw.split() == ["one", "two"]


def test_what_is_hidden_is_not_seen() -> None:
    draft = page_draft(
        page(body="<p>seen</p><p hidden>not</p><p style='display: none'>nor</p><style>x{}</style>"), path="p"
    )
    assert draft.raw.split() == ["Home", "World", "seen"]


def test_a_page_that_hides_all_until_a_script_has_run_is_read() -> None:
    draft = page_draft(b"<body style='display:none'><p>late words</p><script>show()</script></body>", path="p.html")
    assert draft.raw == "late words"


def test_a_page_of_too_many_elements_is_read_by_what_is_seen() -> None:
    draft = page_draft(page(body=BODY + "<i>x</i>" * 20_001), path="p.html")
    assert draft.story is None
    assert "ran aground" in draft.raw


def test_a_tag_of_too_many_attributes_is_no_tag() -> None:
    attributes = " ".join(f'a{number}="x"' for number in range(200_000))
    draft = page_draft(page(body=f"<p {attributes}>seen</p>"), path="p.html")
    assert draft.raw.split() == ["Home", "World", "seen"]


def test_a_declared_encoding_is_used() -> None:
    content = '<html><head><meta charset="windows-1251"></head><body><p>Ледокол вышел</p></body></html>'.encode(
        "cp1251"
    )
    assert page_draft(content, path="p.html").raw == "Ледокол вышел"


def test_relative_addresses_and_other_schemes_are_no_address() -> None:
    assert stated(page('<link rel="canonical" href="javascript:alert(1)">'), "url") is None
    assert stated(page('<meta property="og:url" content="/x">'), "url") is None


def test_the_site_is_cut_off_a_title_by_its_address() -> None:
    content = page("<title>Locks on the canal closed - HARBOUR</title>", "<p>Short.</p>")
    assert stated(content, "title", "https://www.harbour.example/x") == "Locks on the canal closed"
    assert stated(content, "title", "https://other.example/x") == "Locks on the canal closed - HARBOUR"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<div>By <a rel="author">Eva Lund</a> and <a rel="author">Nils Brandt</a></div>', "Eva Lund, Nils Brandt"),
        ('<p class="byline">Powered by</p><p class="byline">Eva Lund</p>', "Eva Lund"),
        ('<p class="author">松村太郎</p>', "松村太郎"),
        ('<p class="byline">Source: news</p>', None),
        (
            '<p class="byline"><b>Eva Lund</b>, <b>Olaf Pratt</b> and <b>Nils Brandt</b></p>',
            "Eva Lund, Olaf Pratt, Nils Brandt",
        ),
        ('<p class="byline">Friday April 3 by <a rel="author">Eva Lund</a></p>', "Eva Lund"),
        (
            '<li class="byline">Olaf Pratt</li><h1>Locks on the canal closed</h1><p class="byline">Eva Lund</p>',
            "Eva Lund",
        ),
        (
            '<h1>Locks on the canal closed</h1><a href="/authors/eva/">Eva Lund</a><b class="author">Olaf Pratt</b>',
            "Eva Lund",
        ),
    ],
)
def test_a_byline_names_people(markup: str, expected: str | None) -> None:
    assert stated(page("", f"{markup}<p>Short.</p>"), "author") == expected


def test_a_writer_may_be_given_by_parts_of_the_name() -> None:
    linked = LINKED.replace('"name": "Eva Lund"', '"givenName": "Eva", "familyName": "Lund"')
    assert stated(page(linked), "author") == "Eva Lund, Nils Brandt"


def test_what_a_page_does_not_state_is_told_by_its_furniture() -> None:
    foot = "<footer><p>© 2021 The Island Hour. All rights reserved.</p></footer>"
    article = understand(page_draft(page("", BODY + foot), path="p.html"))
    assert article.facts.source is not None
    assert article.facts.source.value == "The Island Hour"
    assert "rights" not in article.text
    sited = understand(page_draft(page("", BODY + foot), path="p.html", url="https://www.reuters.com/x"))
    assert sited.facts.source is not None
    assert sited.facts.source.value == "Reuters"


@pytest.mark.parametrize("owner", ["Condé Nast", "nbrandt", "2 minutes"])
def test_a_firm_a_users_name_and_a_number_are_authors_only_where_nobody_else_is_named(owner: str) -> None:
    tag = f'<meta name="author" content="{owner}">'
    assert stated(page(tag), "author") == "Nils Brandt"
    assert stated(page(tag + '<meta name="byl" content="By Eva Lund">'), "author") == "Eva Lund"
    assert stated(page(tag, "<p>Short.</p>"), "author") == owner


def test_a_tag_with_a_value_for_its_content_tells_of_the_article_and_not_of_the_site() -> None:
    tags = (
        '<meta name="author" value="Eva Lund"><meta property="og:site_name" value="Canals">'
        '<meta name="date" value="2020-11-17">'
    )
    assert stated(page(tags), "author") == "Eva Lund"
    assert stated(page(tags), "date") == "2020-11-17"
    assert stated(page(tags), "source") is None


def test_a_day_that_a_machine_writes_for_want_of_one_is_none() -> None:
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "1970-01-01T00:00:00"}</script>'
    )
    assert stated(page(data + '<meta name="date" content="2020-11-17">'), "date") == "2020-11-17"


def test_a_page_from_an_archive_knows_where_it_was_archived_from() -> None:
    address = "http://www.example.org/news/locks.htm"
    script = f'<script>__wm.wombat("{address}","20060521034455","https://web.archive.org/");</script>'
    link = f'<link rel="canonical" href="https://web.archive.org/web/20060521034455/{address}">'
    assert stated(page(script + link), "url") == address
    assert stated(page(link), "url") == address
    other = f'<meta property="og:site_name" content="archive.ph"><meta property="og:url" content="{address}">'
    assert (
        stated(page(other + link.replace("web.archive.org/web/20060521034455", "archive.ph/2006.05.21-034455")), "url")
        == address
    )
    assert stated(page(other), "source") is None


@pytest.mark.parametrize("itself", ["Island Hour", "islandhour.example developer"])
def test_a_page_that_states_itself_as_its_author_is_asked_for_its_byline(itself: str) -> None:
    tags = f'<meta property="og:site_name" content="Island Hour"><meta name="author" content="{itself}">'
    said = page(tags, BODY.replace('class="byline"', "").replace("Nils Brandt", "Eva Lund"))
    article = understand(page_draft(said, path="p.html", url="https://islandhour.example/x"))
    assert article.facts.author is not None
    assert (article.facts.author.value, article.facts.author.basis) == ("Eva Lund", "byline")
    bare = understand(page_draft(page(tags, "<p>Short.</p>"), path="p.html", url="https://islandhour.example/x"))
    assert bare.facts.author is not None
    assert (bare.facts.author.value, bare.facts.author.confidence) == (itself, 0.6)
