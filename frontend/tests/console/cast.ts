// The people and conversations of these tests.

import type { Case, Line, Me, Reason, Row, Why } from "../../src/shared/protocol";

export const ANA: Me = { id: 1, name: "Ana Novak", role: "agent", availability: "available", capacity: 5, load: 0 };

export const NOW = Date.parse("2026-11-16T10:10:00Z");

/** ISO time `seconds` before NOW. */
export const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

export function row(id: string, more: Partial<Row> = {}): Row {
  return {
    id, customer: `Customer ${id}`, inbox: "Tarnwood", holder: "queue", agent: null, last_text: "Hello", last_author: "customer",
    last_at: ago(10), waiting_since: ago(10), due_at: null, priority: 2, risk: 40, chips: [], ...more,
  };
}

export function line(seq: number, more: Partial<Line> = {}): Line {
  return { seq, author: "customer", name: "Maria Keller", body: `Line ${seq}`, at: ago(100 - seq), event: "", client_id: "", buttons: [], ...more };
}

export function reason(number: number, more: Partial<Reason> = {}): Reason {
  return { number, kind: "asked", rule: "asked_person", label: "Asked for a person", chip: "asked", share: 0.3, hard: false, evidence: [], ...more };
}

export function why(more: Partial<Why> = {}): Why {
  return {
    handoff: 1, seq: 3, state: "waiting", priority: 2, score: 0.82, base: 0.11, threshold: 0.65, policy: 14, taken_over: false,
    reasons: [], enqueued_at: ago(100), due_at: ago(-20), ...more,
  };
}

export function caseOf(id: string, more: Partial<Case> = {}): Case {
  return {
    id, customer: "Maria Keller", inbox: "Tarnwood", bot: "Tarn", holder: "queue", agent: null, mine: false, last_seq: 3, opened_at: ago(300),
    closed_at: null, disposition: "", rating: null, track: [], why: null, goal: null, tried: [], points: [], slots: [], scores: [], turns: [], ...more,
  };
}
