import { groupKindOf } from "../../synth/objects/group-kind.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { Board, partKinds } from "./board.ts";
import { messageOf } from "../output/message-of.ts";

/** Everything as it is now. @throws KubernetesError if the API server does not answer */
export async function look(client: KubernetesClient): Promise<Board> {
  const board = new Board();
  const served = await client.kinds();
  for (const kind of served.filter((each) => Object.hasOwn(partKinds, groupKindOf(each)))) {
    for (const object of await client.list(kind)) board.apply({ type: "added", object });
  }
  for (const kind of board.kindsToWatch()) {
    try {
      for (const object of await client.list(kind)) board.apply({ type: "added", object });
      board.knowAll(groupKindOf(kind));
    } catch (error) {
      // Rights for some kinds may be missing; the rest is worth telling all the same.
      board.cannotRead(groupKindOf(kind), messageOf(error));
    }
  }
  return board;
}
