"""Every format: a valid file, an empty one, a truncated one, a huge one, a hostile one."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import zipfile
from functools import partial
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.articles.drafts import Draft
from searcher.articles.formats import FORMATS, format_of, is_known
from searcher.articles.limits import Limits
from searcher.articles.reading import read_drafts, read_stream
from searcher.articles.understanding import understand
from searcher.errors import UnreadableError
from searcher.model import Failure

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Limits(article_megabytes=1, expansion_megabytes=2, expansion_ratio=10, depth=2, members=20, seconds=5.0)
STORY = "Heron nests along the Oder\n\nTwo hundred pairs were counted this spring, the warden said on Monday.\n"


def read(content: bytes | str, name: str, limits: Limits = SMALL) -> list[Draft | Failure]:
    data = content.encode() if isinstance(content, str) else content
    return list(read_stream(io.BytesIO(data), name=name, shown_as=name, size=len(data), limits=limits))


def drafts(content: bytes | str, name: str) -> list[Draft]:
    found = read(content, name)
    assert all(isinstance(one, Draft) for one in found), found
    return [one for one in found if isinstance(one, Draft)]


def zipped(files: dict[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


FEED = """<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example Herald</title><language>en</language>
<item><title>Bridge &amp; tunnel</title><link>https://example.org/1</link><guid>n-1</guid>
<pubDate>Tue, 17 Nov 2020 10:00:00 GMT</pubDate><dc:creator>Ada Kern</dc:creator>
<description>&lt;p&gt;Short.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The bridge opened.</p><p>Nobody came.</p>]]></content:encoded></item>
<item><title>Second</title><description>Plain words</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title type="html">A &amp;amp; B</title>
<link rel="self" href="https://example.org/self"/><link href="https://example.org/2"/><id>urn:2</id>
<updated>2020-11-18T00:00:00Z</updated><published>2020-11-17T00:00:00Z</published><author><name>Jo Lund</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>"""
MAIL = (
    b"From: =?utf-8?q?J=C3=B6rn_Weiss?= <j@example.org>\r\nSubject: A long\r\n subject\r\n"
    b"Date: Tue, 17 Nov 2020 10:00:00 +0000\r\nMessage-ID: <m1@example.org>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain; charset=iso-8859-1\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nCaf=E9 closed.\r\n--B\r\n"
    b"Content-Type: text/html\r\n\r\n<p>Other words</p>\r\n--B--\r\n"
)
MAILBOX = (
    b"From a@example.org Tue Nov 17 10:00:00 2020\nSubject: one\n\nFirst body\n>From here on\n\n"
    b"From b@example.org Tue Nov 17 11:00:00 2020\nSubject: two\n\nSecond body\n"
)
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Locks closed | Example Herald</title></head><body><nav>Home</nav>"
    "<article><h1>Locks closed</h1><p>The locks on the canal were closed on Friday after a barge ran aground.</p>"
    "<p>Nobody was hurt, the harbour master said, and the barge will be towed on Sunday.</p></article></body></html>"
)
SAVED_PAGE = (
    b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/locks\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="Q"\r\n\r\n--Q\r\nContent-Type: text/html; '
    b"charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + PAGE.encode() + b"\r\n--Q--\r\n"
)
EPUB = zipped({
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/package.opf"/></rootfiles></container>',
    "OPS/package.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<metadata><dc:title>The Issue</dc:title><dc:date>2020-11</dc:date></metadata><manifest>"
    '<item id="b" href="two.xhtml"/><item id="a" href="one.xhtml"/></manifest>'
    '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
    "OPS/one.xhtml": "<html><body><p>First chapter.</p></body></html>",
    "OPS/two.xhtml": "<html><body><p>Second chapter.</p></body></html>",
})  # fmt: skip
DOCX = zipped({
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Report on locks</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>They are </w:t></w:r><w:r><w:t>closed.</w:t></w:r></w:p></w:body></w:document>",
})  # fmt: skip
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/locks\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nWARC-Date: 2020-11-17T00:00:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()
WARC = WARC % (len(_ANSWER), _ANSWER)


def pdf(words: str) -> bytes:
    """A PDF of one page that shows some words, its table of objects right."""
    shown = f"BT /F 12 Tf 20 200 Td ({words}) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
    )
    out = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size 6>>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + end).encode()


VALID: dict[str, tuple[bytes, list[str]]] = {
    "a.txt": (STORY.encode(), ["Two hundred pairs"]),
    "a.md": (b"---\ntitle: Herons\n---\n\n# Herons nest\n\nTwo hundred pairs.", ["Two hundred pairs"]),
    "a.html": (PAGE.encode(), ["ran aground"]),
    "a.jsonl": (b'{"text": "one"}\n\n{"text": "two"}\n', ["one", "two"]),
    "a.json": (b'[{"text": "one"}, {"text": "two"}]', ["one", "two"]),
    "a.csv": (b'title;body\nT;"one;\ntwo"\nU;three\n', ["one;\ntwo", "three"]),
    "a.rss": (FEED.encode(), ["The bridge opened.\n\nNobody came.", "Plain words"]),
    "a.atom": (ATOM.encode(), ["One.\n\nTwo."]),
    "a.eml": (MAIL, ["Café closed."]),
    "a.mbox": (MAILBOX, ["First body\nFrom here on", "Second body"]),
    "a.mhtml": (SAVED_PAGE, ["ran aground"]),
    "a.epub": (EPUB, ["First chapter.\n\nSecond chapter."]),
    "a.docx": (DOCX, ["They are closed."]),
    "a.warc": (WARC, ["ran aground"]),
    "a.pdf": (pdf("Locks are closed"), ["Locks are closed"]),
    "a.txt.gz": (gzip.compress(STORY.encode()), ["Two hundred pairs"]),
    "a.txt.bz2": (bz2.compress(STORY.encode()), ["Two hundred pairs"]),
    "a.jsonl.xz": (lzma.compress(b'{"text": "one"}\n{"text": "two"}\n'), ["one", "two"]),
    "a.csv.zst": (zstandard.compress(b"text\none\ntwo\n"), ["one", "two"]),
    "a.zip": (zipped({"d/x.txt": STORY, "y.jsonl": '{"text": "one"}\n'}), ["Two hundred pairs", "one"]),
    "a.tar": (tarred({"x.txt": STORY.encode()}, "w"), ["Two hundred pairs"]),
    "a.tgz": (tarred({"x.txt": STORY.encode()}), ["Two hundred pairs"]),
    "a.tar.xz": (lzma.compress(tarred({"x.txt": STORY.encode()}, "w")), ["Two hundred pairs"]),
}
EXTRAS = {"a.warc": "warcio", "a.pdf": "pypdf"}


@pytest.mark.parametrize("name", VALID)
def test_a_valid_file_is_read(name: str) -> None:
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name])
    content, texts = VALID[name]
    found = drafts(content, name)
    assert len(found) == len(texts)
    for draft, text in zip(found, texts, strict=True):
        assert text in draft.raw


def test_the_heading_of_a_markdown_file_is_its_title_and_not_its_text() -> None:
    (draft,) = drafts("# Herons nest #\n\nTwo hundred pairs nest on the *island* this year, more than ever.\n", "a.md")
    article = understand(draft)
    assert article.title == "Herons nest"
    assert article.text == "Two hundred pairs nest on the island this year, more than ever."


def test_markdown_is_read_as_it_is_shown() -> None:
    page = (
        "[Home](/) · [Birds](/birds)\n\n# Herons *nest* again\n\n**By Ann Lee** · *The Harbour Times* · 3 May 2011\n\n"
        "![A heron](heron.jpg)\n\n"
        "> Two hundred pairs nest on the [island](/i) this year, a_b and 2 * 3 * 4 more than ever.\n"
    )
    (draft,) = drafts(page, "a.md")
    article = understand(draft)
    assert article.title == "Herons nest again"
    assert article.text == "Two hundred pairs nest on the island this year, a_b and 2 * 3 * 4 more than ever."
    assert article.facts.author is not None
    assert article.facts.author.value == "Ann Lee"
    assert str(article.facts.date and article.facts.date.value) == "2011-05-03"


@pytest.mark.parametrize("name", VALID)
def test_an_empty_file_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(b"", name)
    assert caught.value.message == "empty"


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_gives_what_is_there_or_a_reason(name: str, share: float) -> None:
    content = VALID[name][0]
    try:
        found = read(content[: int(len(content) * share)], name)
    except UnreadableError as error:
        assert error.message
        assert "\n" not in error.message
    else:
        assert found


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.xz", "a.jsonl.bz2", "a.jsonl.zst"])
def test_what_stands_before_the_damage_of_a_compressed_file_is_kept(name: str) -> None:
    chance = random.Random(4)  # noqa: S311
    lines = "".join(json.dumps({"text": f"{chance.random()} {chance.random()}"}) + "\n" for _ in range(60_000))
    pack = {
        "gz": gzip.compress,
        "xz": partial(lzma.compress, preset=0),
        "bz2": bz2.compress,
        "zst": zstandard.compress,
    }[name[8:]]
    packed = pack(lines.encode())
    found = read(packed[: len(packed) // 2], name, Limits())
    assert sum(isinstance(one, Draft) for one in found) > 100
    assert isinstance(found[-1], Failure)


@given(content=st.binary(max_size=400), name=st.sampled_from(sorted(VALID)))
@settings(max_examples=300)
def test_no_bytes_raise_anything_but_what_a_reader_may_raise(content: bytes, name: str) -> None:
    try:
        found = read(content, name)
    except UnreadableError as error:
        assert error.message
    else:
        assert found


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), name=st.sampled_from(sorted(VALID)))
@settings(max_examples=300)
def test_one_changed_byte_raises_nothing_else_either(place: int, byte: int, name: str) -> None:
    content = bytearray(VALID[name][0])
    content[place % len(content)] = byte
    try:
        read(bytes(content), name)
    except UnreadableError as error:
        assert "\n" not in error.message


def test_a_bomb_is_stopped_and_says_so() -> None:
    for name, content in {
        "bomb.txt.gz": gzip.compress(b"0" * 6_000_000),
        "bomb.txt.xz": lzma.compress(b"0" * 6_000_000),
        "bomb.jsonl.zst": zstandard.compress(b'{"text": "0"}\n' * 400_000),
        "bomb.zip": zipped({f"{number}.txt": b"0" * 900_000 for number in range(10)}),
    }.items():
        try:
            found = read(content, name)
        except UnreadableError as error:
            reason = error.message
        else:
            assert isinstance(found[-1], Failure)
            reason = found[-1].reason
        assert "MB" in reason, name


def test_archives_in_archives_end() -> None:
    content = zipped({"x.txt": STORY})
    for _ in range(4):
        content = zipped({"inner.zip": content, "beside.txt": STORY})
    found = read(content, "a.zip")
    beside = [one.path for one in found if isinstance(one, Draft)]
    assert beside == ["a.zip!inner.zip!beside.txt", "a.zip!beside.txt"]
    assert any(isinstance(one, Failure) and "archives" in one.reason for one in found)


def test_an_archive_of_too_many_files_stops() -> None:
    found = read(zipped({f"{number}.txt": STORY for number in range(40)}), "a.zip")
    assert sum(isinstance(one, Draft) for one in found) == SMALL.members
    assert isinstance(found[-1], Failure)


def test_names_in_archives_are_labels_and_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"../../evil.txt": STORY, "/etc/\x1b[31mx.txt": STORY}))
    found = list(read_drafts(path, shown_as="a.zip", limits=SMALL))
    assert [one.path for one in found] == ["a.zip!../../evil.txt", "a.zip!etc/x.txt"]
    assert list(tmp_path.iterdir()) == [path]


def test_files_of_one_name_in_an_archive_are_told_apart() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.jsonl", '{"text": "one"}\n')
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("x.jsonl", '{"text": "two"}\n')
    found = drafts(out.getvalue(), "a.zip")
    assert [draft.raw for draft in found] == ["one", "two"]
    assert len({draft.path for draft in found}) == 2


def test_what_is_no_article_in_an_archive_is_passed_over() -> None:
    files: dict[str, bytes | str] = dict.fromkeys((".hidden.txt", "__MACOSX/x.txt", "p.jpg", "x.txt"), STORY)
    found = read(zipped(files), "a.zip")
    assert [one.path for one in found] == ["a.zip!x.txt"]


def test_one_bad_file_in_an_archive_does_not_stop_the_others() -> None:
    found = read(zipped({"a.txt": b"\x89PNG\r\n\x1a\n", "b.json": "{", "c.txt": STORY}), "a.zip")
    assert [type(one) for one in found] == [Failure, Failure, Draft]
    assert "PNG" in found[0].reason  # type: ignore[union-attr]


def test_links_in_a_tar_are_not_followed() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(UnreadableError):
        read(out.getvalue(), "a.tar")


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>T</title>'
        "<description>&b;&x; words</description></item></channel></rss>"
    )
    (draft,) = drafts(bomb, "a.rss")
    assert "aaaa" not in draft.raw
    assert "root:" not in draft.raw
    assert "words" in draft.raw


def test_deep_nesting_is_a_reason() -> None:
    with pytest.raises(UnreadableError, match="deep"):
        read("[" * 100_000, "a.json")
    found = read('{"text":' * 100_000 + '\n{"text": "ok"}\n', "a.jsonl")
    assert [type(one) for one in found] == [Failure, Draft]
    assert "deep words" in drafts("<div>" * 5000 + "deep words", "a.html")[0].raw


def test_a_gigantic_line_is_passed_over_and_the_next_is_read() -> None:
    found = read(b'{"text": "' + b"x" * (3 << 20) + b'"}\n{"text": "ok"}\n', "a.jsonl")
    assert [type(one) for one in found] == [Failure, Draft]
    assert found[0].path == "a.jsonl#1"
    assert found[1].path == "a.jsonl#2"


def test_a_text_larger_than_an_article_is_refused() -> None:
    with pytest.raises(UnreadableError, match="1 MB"):
        read("word " * 300_000, "a.txt")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        ("a.jsonl", b"\xff\xd8\xff\xe0" + bytes(100), "JPEG"),
        ("a.csv", b"SQLite format 3\0" + bytes(100), "database"),
        ("a.txt", bytes(range(32)) * 20, "binary"),
        ("a.gz", b"no gzip at all", "compressed"),
        ("a.zip", b"no zip at all", "zip"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_named(name: str, content: bytes, kind: str) -> None:
    with pytest.raises(UnreadableError, match=kind):
        read(content, name)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        list(read_drafts(tmp_path / "none.txt"))
    with pytest.raises(UnreadableError):
        list(read_drafts(tmp_path))


def test_escape_sequences_and_nuls_do_not_come_through() -> None:
    (draft,) = drafts(b"Head\0line\n\nBody \x1b[31mred\x1b[0m \xe2\x80\xaeover\n", "a.txt")
    assert draft.raw == "Headline\n\nBody red over"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_may_have_controls_within_its_texts(name: str) -> None:
    (draft,) = drafts(b'{"text": "one\ttwo \x1b[31mred\x00"}', name)
    assert draft.raw == "one two red"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_json_lines_may_begin_with_the_mark_of_their_encoding(encoding: str) -> None:
    found = drafts('{"text": "eins"}\n{"text": "fünf"}\n'.encode(encoding), "a.jsonl")
    assert [draft.raw for draft in found] == ["eins", "fünf"]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (b'{"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        (b'{"text": "one"}', ["one"]),
        (b'{\n  "text": "one"\n}\n', ["one"]),
        (b'\xef\xbb\xbf[{"text": "one"}]', ["one"]),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_is_read_however_it_is_laid_out(content: bytes, texts: list[str], name: str) -> None:
    assert [draft.raw for draft in drafts(content, name)] == texts


@pytest.mark.parametrize(
    "content",
    [
        b'{"status": "ok", "articles": [{"title": "T", "content": "one"}]}',
        b'{"response": {"docs": [{"headline": {"main": "T"}, "abstract": "one"}]}}',
    ],
)
def test_a_list_of_records_is_found_within_an_object(content: bytes) -> None:
    (draft,) = drafts(content, "a.json")
    assert draft.raw == "one"
    assert draft.stated.title is not None
    assert draft.stated.title.value == "T"


def test_one_bad_record_does_not_stop_the_rest() -> None:
    lines = (b'{"text": "one"}', b"no json", b"[1]", b'{"title": "no text"}', b'{"text": "\xff"}', b'{"text": "two"}')
    found = read(b"\n".join(lines), "a.jsonl")
    assert [one.path for one in found] == [f"a.jsonl#{number}" for number in range(1, 7)]
    assert [type(one) for one in found] == [Draft, Failure, Failure, Failure, Draft, Draft]


def test_a_list_that_breaks_off_keeps_its_beginning() -> None:
    found = read(b'[{"text": "one"}, {"text": "tw', "a.json")
    assert isinstance(found[0], Draft)
    assert isinstance(found[-1], Failure)


def test_a_single_record_needs_no_number() -> None:
    assert drafts(b'{"text": "one"}', "a.json")[0].path == "a.json"
    assert drafts(b'[{"text": "one"}]', "a.json")[0].path == "a.json#1"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_finds_its_delimiter(delimiter: str) -> None:
    rows = [["id", "headline", "text"], ["1", "T", "a, b; c"], ["2", "U", "plain"]]
    content = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = drafts(content, "a.csv")
    assert [(one.record_id, one.raw) for one in found] == [("1", "a, b; c"), ("2", "plain")]


def test_csv_without_a_text_column_says_what_it_needs() -> None:
    with pytest.raises(UnreadableError) as caught:
        read("a,b\n1,2\n", "a.csv")
    assert "text" in caught.value.hint


def test_csv_in_another_encoding_is_not_mangled() -> None:
    rows = [f"Die Straße nach Köln ist für Fußgänger über Ostern gesperrt, Teil {n}" for n in range(9)]
    assert "Köln" in drafts("\n".join(["text", *rows]).encode("cp1252"), "a.csv")[3].raw


def test_a_feed_states_what_it_says() -> None:
    first, second = drafts(FEED, "a.xml")
    stated = first.stated
    assert stated.title is not None
    assert stated.title.value == "Bridge & tunnel"
    assert stated.source is not None
    assert stated.source.value == "Example Herald"
    assert stated.date is not None
    assert "17 Nov 2020" in stated.date.value
    assert stated.author is not None
    assert stated.author.value == "Ada Kern"
    assert stated.url is not None
    assert stated.url.value == "https://example.org/1"
    assert first.record_id == "n-1"
    assert second.path == "a.xml#2"


def test_an_atom_entry_states_its_publication_not_its_update() -> None:
    (draft,) = drafts(ATOM, "a.atom")
    assert draft.stated.date is not None
    assert draft.stated.date.value.startswith("2020-11-17")
    assert draft.stated.url is not None
    assert draft.stated.url.value == "https://example.org/2"
    assert draft.stated.author is not None
    assert draft.stated.author.value == "Jo Lund"


def test_mail_headers_are_read() -> None:
    (draft,) = drafts(MAIL, "a.eml")
    assert draft.stated.title is not None
    assert draft.stated.title.value == "A long subject"
    assert draft.stated.author is not None
    assert draft.stated.author.value == "Jörn Weiss"
    assert draft.record_id == "m1@example.org"


@pytest.mark.parametrize(
    ("sender", "author", "source"),
    [
        ("Ann Lee", "Ann Lee", None),
        ("The Sorvik Herald", None, "The Sorvik Herald"),
        ("The Sorvik Morning Memo", None, None),
    ],
)
def test_a_newsletter_is_sent_by_its_writer_or_its_outlet(sender: str, author: str | None, source: str | None) -> None:
    headers = f"From: {sender} <news@example.org>\nList-Unsubscribe: <mailto:x@example.org>\nSubject: Locks"
    (draft,) = drafts(f"{headers}\n\nThe locks are closed.\n".encode(), "a.eml")
    assert (draft.stated.author and draft.stated.author.value) == author
    assert (draft.stated.source and draft.stated.source.value) == source


def test_a_saved_page_knows_its_address() -> None:
    (draft,) = drafts(SAVED_PAGE, "a.mht")
    assert draft.stated.url is not None
    assert draft.stated.url.value == "https://example.org/locks"


@pytest.mark.parametrize(
    ("head", "module"),
    [
        (b'{"text": 1}', "json_lines"),
        (b"[{", "json_file"),
        (b"<!DOCTYPE html><p>", "web_page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><rss>", "feed"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"PK\x03\x04", "zip_archive"),
        (b"%PDF-1.7", "pdf"),
        (b"Message-ID: <x>", "mail"),
    ],
)
def test_a_name_without_a_suffix_leaves_it_to_the_first_bytes(head: bytes, module: str) -> None:
    known = format_of("", head)
    assert known is not None
    assert known.module == module


def test_words_alone_tell_no_format_and_are_text() -> None:
    assert format_of("", b"From Moscow with love") is None
    assert drafts(STORY, "noname")[0].raw == STORY.strip()


def test_every_format_is_a_module_and_known_by_its_suffixes() -> None:
    for known in FORMATS:
        assert callable(known.wrapper().unpack if known.wraps else known.reader().read)
        assert all(is_known(f"X{suffix.upper()}") for suffix in known.suffixes)
    assert not is_known("picture.jpg")
