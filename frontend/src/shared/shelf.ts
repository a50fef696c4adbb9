// The tab's or the browser's storage where it may be used; a full or forbidden one forgets instead of failing.

export class Shelf {
  /** @param storage null where the browser refuses access itself: nothing is kept */
  constructor(private readonly storage: Storage | null) {}

  getItem(key: string): string | null {
    return this.tried((storage) => storage.getItem(key)) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.stored(key, value)) return;
    // A full storage still has the value before this one, which no longer holds: better nothing than that.
    this.removeItem(key);
    this.stored(key, value);
  }

  removeItem(key: string): void {
    this.tried((storage) => storage.removeItem(key));
  }

  /** What follows `prefix` in the keys that begin with it. */
  under(prefix: string): string[] {
    const keys = this.tried((storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ""));
    return (keys ?? []).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  private stored(key: string, value: string): boolean {
    const set = (storage: Storage): true => {
      storage.setItem(key, value);
      return true;
    };
    return this.tried(set) ?? false;
  }

  private tried<T>(use: (storage: Storage) => T): T | undefined {
    if (!this.storage) return undefined;
    try {
      return use(this.storage);
    } catch (refusal) {
      if (refusal instanceof DOMException) return undefined;
      throw refusal;
    }
  }
}

/** The shelf of this page. */
export function shelfOf(page: Pick<Window, "sessionStorage" | "localStorage">, which: "sessionStorage" | "localStorage"): Shelf {
  try {
    return new Shelf(page[which]);
  } catch (refusal) {
    if (refusal instanceof DOMException) return new Shelf(null);
    throw refusal;
  }
}
