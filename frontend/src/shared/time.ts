// Times as people read them: 10:02, 2:41, about 3 min, 9 Nov. The log carries ISO 8601 in UTC; screens show local time.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The local time of day of an ISO 8601 time: 10:02. */
export function timeOfDay(at: string): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The local date of an ISO 8601 time: 9 Nov. */
export function dayOf(at: string): string {
  const date = new Date(at);
  return `${date.getDate()} ${MONTHS[date.getMonth()]}`;
}

/** A message's time: 10:02 today, 9 Nov 10:02 on any other day. `now` in ms since 1970. */
export function moment(at: string, now: number): string {
  const today = new Date(now).toDateString() === new Date(at).toDateString();
  return today ? timeOfDay(at) : `${dayOf(at)} ${timeOfDay(at)}`;
}

/** Seconds as m:ss, from an hour on h:mm:ss. Below zero counts as zero. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** An expected wait in seconds, rounded up to minutes: "3 min". Never "0 min": nobody comes in no time. */
export function minutes(seconds: number): string {
  return `${Math.max(1, Math.ceil(seconds / 60))} min`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
