export { type Answer, answerQuestions } from './answer.ts';
export { type GivenOptions, givenOptions } from './options.ts';
export { parseQueries } from './queries.ts';
export { QuestionError } from './question.ts';
export { QUESTION_TYPES } from './registry.ts';
export { questionFromWords } from './words.ts';
