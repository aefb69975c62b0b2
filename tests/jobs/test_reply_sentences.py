"""The whole path of sentences that people write: what the ledger holds, and what their partners get of it."""

from __future__ import annotations

from cast import Cast

PEOPLE = ("ben", "cleo", "dina", "emil", "fay", "gus")
SENTENCES = {
    "I will ask Lena for feedback on my slides by Friday": "1 new",
    "Read the second chapter of the handbook": "1 new",
    "When the standup runs over, I will say so and propose to take it offline": "1 new",
    "Next: write the summary for the team": "1 new",
    "Ich werde jeden Freitag drei Erfolge aufschreiben": "1 new",
    "Block two hours on Wednesdays for reading": "1 new",
    "He made comments about my body. I don't want to see him again": "nothing changed",
    "I am being bullied at work": "nothing changed",
    "Ich nehme jetzt immer die Treppe, damit ich ihr nicht begegne.": "nothing changed",
    "He knows which bus I take": "nothing changed",
    "I will bring somebody along whenever I have to see him": "nothing changed",
    "Great session, thanks!": "unclear, asked again",
    "see attached": "unclear, asked again",
    "I am out of the office from 3 March, in urgent cases contact Kim": "nothing changed",
    "Note: this mail comes from outside": "unclear, asked again",
    "Please pause me until 1 March": "asks: pause",
    "Bitte den Februar überspringen": "asks: pause",
    "From 1 March to 15 April please pause me": "asks: pause",
    "I'd like another partner": "asks: another partner",
    "Who sees this?": "asks: question",
    "We met yesterday": "asks: met",
    "We haven't met yet": "asks: not met",
    "No chance to do it yet": "unclear, asked again",
    "Sí, hablaré con mi jefa el jueves": "1 new",
    "I'm not sure yet": "unclear, asked again",
    "My mentor will send me the slides": "unclear, asked again",
    "I will think about it": "unclear, asked again",
    "same as last time": "unclear, asked again",
    "Ja jeszcze tego nie zrobiłem": "unclear, asked again",
    "I would like to complain about the booking": "unclear, asked again",
}


def test_takes_each_sentence_as_it_is_meant(met: Cast) -> None:
    for number in range(2, 9):
        met.enter("Roster", f"H{number}", "English, German, Spanish")
    for at, text in enumerate(SENTENCES):
        met.reply(f"{PEOPLE[at % len(PEOPLE)]}@example.com", text, to="commitment-request")
    met.run("collect_replies")
    taken = [row["Taken as"] for row in met.ledger("Replies")]
    assert dict(zip(SENTENCES, taken, strict=True)) == SENTENCES
    promised = {c["Text"] for c in met.ledger("Commitments")}
    assert len(promised) == sum(said == "1 new" for said in SENTENCES.values())
    hinted = ("body", "bullied", "Treppe", "bus", "whenever")
    assert not any(word in str(met.ledger("Commitments")) + str(met.tab("Requests")) for word in hinted)
    met.wait(days=32)
    met.run("send_follow_ups")
    letters = [m.as_string() for p in PEOPLE for m in met.mails(f"{p}@example.com") if m["X-Peerpact"]]
    assert not any("comments about my" in text or "which bus" in text for text in letters)
