import { type ReactNode, useEffect, useRef, useState } from "react";
import { turn } from "@/api/turns";

/** A picture that appears when it has come; while it waits its turn and is rendered its place stays. */
export function Picture({ url }: { url: string }): ReactNode {
  const [state, setState] = useState<"waiting" | "coming" | "there" | "failed">("waiting");
  const giveBack = useRef<() => void>(() => undefined);
  useEffect(() => {
    let gone = false;
    setState("waiting");
    void turn().then((done) => {
      if (gone) done();
      else {
        giveBack.current = done;
        setState("coming");
      }
    });
    return () => {
      gone = true;
      giveBack.current();
    };
  }, [url]);
  const end = (how: "there" | "failed") => {
    giveBack.current();
    setState(how);
  };
  if (state === "failed") return null;
  return (
    <img
      src={state === "waiting" ? undefined : url}
      alt=""
      draggable={false}
      data-state={state === "there" ? "there" : "waiting"}
      onLoad={() => end("there")}
      onError={() => end("failed")}
    />
  );
}
