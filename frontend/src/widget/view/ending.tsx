// After the end: the customer's own score, thanks, and the way to a new chat. The log above stays readable.

import { useState } from "preact/hooks";
import { Icon, type IconName } from "../../shared/icons";
import type { Session } from "../session";
import { companions, newestOwn } from "../state/reading";

const FACES: { score: number; icon: IconName; word: string }[] = [
  { score: 1, icon: "awful", word: "Bad" },
  { score: 2, icon: "bad", word: "Poor" },
  { score: 3, icon: "flat", word: "Fair" },
  { score: 4, icon: "good", word: "Good" },
  { score: 5, icon: "great", word: "Great" },
];
const COMMENT_MOST = 1000;

export function Ending({ session }: { session: Session }) {
  const { holding, ratingSkipped, lines } = session.state;
  const rated = holding.rated;
  const asks = !rated && !ratingSkipped && newestOwn(lines) > 0;
  return (
    <div class="w-foot w-ending">
      {asks ? <Rating session={session} /> : <h2 id="ending" tabIndex={-1}>{rated ? "Thank you for your rating." : "This chat has ended."}</h2>}
      {!asks && (
        <button type="button" class="button button-primary button-wide" onClick={() => void session.startNew()}><Icon name="chat" />Start a new chat</button>
      )}
    </div>
  );
}

function Rating({ session }: { session: Session }) {
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState("");
  const who = companions(session.state);
  const send = (event: Event): void => {
    event.preventDefault();
    if (!score) setProblem("Choose one of the five first.");
    else if (!session.rate(score, comment.trim())) setProblem("No connection. Try again in a moment.");
    else setProblem("");
  };
  return (
    <form class="w-rating" onSubmit={send}>
      <div>
        <h2 id="ending" tabIndex={-1}>How was it?</h2>
        {who && <p class="muted">You talked to {who}.</p>}
      </div>
      <fieldset aria-describedby="rating-problem">
        <legend class="sr-only">Your rating</legend>
        <div class="stars">
          {FACES.map((face) => (
            <label key={face.score}>
              <input type="radio" name="score" value={face.score} checked={score === face.score} onChange={() => setScore(face.score)} />
              <Icon name={face.icon} />{face.word}
            </label>
          ))}
        </div>
      </fieldset>
      <p class="field-error" id="rating-problem" role="alert">{problem && <><Icon name="alert" small />{problem}</>}</p>
      <div class="field">
        <label for="comment">Anything to add? <span class="muted">(optional)</span></label>
        <textarea id="comment" class="textarea" rows={2} maxLength={COMMENT_MOST} value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
      </div>
      <div class="row">
        <button type="submit" class="button button-primary w-grow">Send</button>
        <button type="button" class="button button-quiet" onClick={session.skipRating}>Skip</button>
      </div>
    </form>
  );
}
