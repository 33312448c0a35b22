/** Takes secrets out of texts, by their values: wherever one stands, and however it came there. */
export interface Redactor {
  /** Makes a secret known. */
  readonly learn: (secret: string) => void;
  /** The text without any secret that is known. */
  readonly redact: (text: string) => string;
}

/** Shorter ones are no secrets, and would be found within words. */
const shortest = 6;
/** How many are kept; those that the mock makes itself are known by their form. */
const kept = 1000;
const ownSecret = /not-a-real-(?:secret-[\da-f-]+|root-token)/g;

/** A {@link Redactor} that knows the secrets that the mock makes. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    learn: (secret) => {
      if (secret.length < shortest || secrets.has(secret)) return;
      for (const form of [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
      ]) {
        secrets.add(form);
      }
      for (const old of secrets) {
        if (secrets.size <= kept) break;
        secrets.delete(old);
      }
    },
    redact: (text) => {
      let clean = text;
      for (const secret of secrets) {
        if (clean.includes(secret)) clean = clean.replaceAll(secret, "[secret]");
      }
      return clean.replace(ownSecret, "[secret]");
    },
  };
}
