// A browser's storage, which may be full or copied into another tab.

export class Memory implements Storage {
  readonly kept: Map<string, string>;
  full = false;

  constructor(kept: Iterable<[string, string]> = []) {
    this.kept = new Map(kept);
  }

  /** What a duplicated tab begins with. */
  copy(): Memory {
    return new Memory(this.kept);
  }

  get length(): number {
    return this.kept.size;
  }
  clear(): void {
    this.kept.clear();
  }
  key(index: number): string | null {
    return [...this.kept.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.kept.set(key, value);
  }
}
