import type { VNode } from "preact";
import { useState } from "preact/hooks";

/** A button that copies a text, and says so. */
export function CopyButton({
  text,
  label,
}: {
  readonly text: string;
  readonly label: string;
}): VNode {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button type="button" class="small secondary" aria-label={label} onClick={copy}>
      {isCopied ? "Copied" : "Copy"}
    </button>
  );
}
