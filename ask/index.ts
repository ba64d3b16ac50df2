export { type Answer, answerQuestions } from './answer.ts';
export { holdExpectations, type Outcome } from './expect.ts';
export { type Expectation, parseExpectations } from './expectations.ts';
export { type GivenOptions, givenOptions, resolveOptions } from './options.ts';
export { parseQueries } from './queries.ts';
export { QuestionError } from './question.ts';
export { QUESTION_TYPES } from './registry.ts';
export { questionFromWords } from './words.ts';
