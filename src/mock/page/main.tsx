import { render, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type MockAccess, reachMock } from "./access.js";
import { App } from "./app.js";
import "./page.css";

function Page(): VNode {
  const [access, setAccess] = useState<MockAccess | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    reachMock().then(setAccess, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  }, []);
  if (access !== undefined) return <App access={access} />;
  return <main>{problem === undefined ? <p>Loading…</p> : <p role="alert">{problem}</p>}</main>;
}

const root = document.getElementById("page");
if (root !== null) render(<Page />, root);
