/** Asks twice, as a deployment does, and ends with 0 if both questions were confirmed. */
import { confirmation } from "../../scripts/aws/confirm.ts";
import { ProblemsError } from "../../synth/model/problem.ts";

const confirm = confirmation("garden", false);
try {
  for (const stack of ["network", "eks"]) {
    await confirm(`execute it on garden-${stack}?`);
    console.log(`executed ${stack}`);
  }
} catch (error) {
  if (!(error instanceof ProblemsError)) throw error;
  console.log(error.message);
  process.exitCode = 1;
}
