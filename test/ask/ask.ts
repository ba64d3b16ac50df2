import { type Answer, answerQuestions, type GivenOptions } from '../../ask/index.ts';
import { buildInventory, parseManifests } from '../../inventory/index.ts';

/** @returns the answers to questions about YAML. */
export async function ask(
  yaml: string,
  questions: readonly unknown[],
  run?: GivenOptions,
): Promise<Answer[]> {
  const inventory = buildInventory(parseManifests(yaml, 'f.yaml'));
  const answers: Answer[] = [];
  for await (const answer of answerQuestions(inventory, questions, run)) answers.push(answer);
  return answers;
}

/** @returns the answer to one question. */
export async function askOne(yaml: string, question: object, run?: GivenOptions): Promise<Answer> {
  const [answer] = await ask(yaml, [question], run);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}
