"""People of articles in languages that the model has not learnt: by lists, by posts and by what surnames begin with."""

from __future__ import annotations

import pytest

from searcher.articles.facts.people import read_people

ARTICLES = {
    "de": (
        (
            "Der Präsident Wolodymyr Kostenjuk sprach am Mittwoch mit Ulrike von der Heyden. Kostenjuk dankte ihr. "
            "Marie-Agnes Stark-Lohmann von der Opposition widersprach. Anna Berger das Wort zu geben, lehnte er ab. "
            "Kostenjuks Sprecher Dmitri Lorow schwieg; in Santa Pola ruhte die Arbeit."
        ),
        [
            {"Wolodymyr Kostenjuk", "Kostenjuk"},
            {"Ulrike von der Heyden"},
            {"Marie-Agnes Stark-Lohmann"},
            {"Anna Berger"},
            {"Dmitri Lorow"},
        ],
    ),
    "es": (
        (
            "El juez Ignacio Llanes Cebreiro citó a Rosario Ubiña del Castillo y José María de la Torrente-Quijada. "
            "Llanes no aceptó la excusa de De la Torrente-Quijada. María López y Ana Gil lo vieron en la avenida "
            "Javier Prado. Mirtha Vásquez Chuquilo y Pedro Lozano de los Heros callan; Vásquez Chuquilo y Lozano de "
            "los Heros no irán, ni Wilmer Huamán de la Cruz ni Jaime Fernández-Cuesta Luca de Tena."
        ),
        [
            {"Ignacio Llanes Cebreiro", "Llanes"},
            {"Rosario Ubiña del Castillo"},
            {"José María de la Torrente-Quijada", "De la Torrente-Quijada"},
            {"María López"},
            {"Ana Gil"},
            {"Mirtha Vásquez Chuquilo", "Vásquez Chuquilo"},
            {"Pedro Lozano de los Heros", "Lozano de los Heros"},
            {"Wilmer Huamán de la Cruz"},
            {"Jaime Fernández-Cuesta Luca de Tena"},
        ],
    ),
    "fr": (
        "Le maire, Yann Le Guerrec, a salué le député François de Rigny-Lambert. M. Le Guerrec est fatigué.",
        [{"Yann Le Guerrec", "Le Guerrec"}, {"François de Rigny-Lambert"}],
    ),
    "it": (
        "Il sindaco Piergiorgio De Santis ha chiuso le scuole. De Santis ha parlato con Maria Grazia Dell'Orto.",
        [{"Piergiorgio De Santis", "De Santis"}, {"Maria Grazia Dell'Orto"}],
    ),
    "hu": (
        (
            "Lemondott Kőszegi Gábor, közölte a bank. Kőszegi két éve dolgozott Varga Mihály mellett. Az elnök, Mátray "
            "György megköszönte Nagy-Bodó Ildikónak. Tegnap Gábor hallgatott, Nagy-Bodó nem."
        ),
        [
            {"Kőszegi Gábor", "Kőszegi"},
            {"Varga Mihály"},
            {"Mátray György"},
            {"Nagy-Bodó Ildikó", "Nagy-Bodó"},
        ],
    ),
    "pt": (
        (
            "Segundo o coronel Joílson do Amaral, o fogo chegou a Corumbá. Segundo Amaral, falta água em Mato Alegre. "
            "Em Mato Alegre choveu."
        ),
        [{"Joílson do Amaral", "Amaral"}],
    ),
}


@pytest.mark.parametrize("language", ARTICLES)
def test_names_are_whole_and_nothing_else_is_one(language):
    text, expected = ARTICLES[language]
    assert [set(person.spellings) for person in read_people(text, language=language)] == expected


def test_a_name_of_particles_alone_has_no_surname_to_look_for():
    assert len(read_people("Ben al Bin kam nach Berlin. Abu Ben schwieg.", language="de")) <= 2
