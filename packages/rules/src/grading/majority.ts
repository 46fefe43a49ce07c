import { grades, type Grade } from '@jiapian/kernel';

/** Votes for one grade. */
export interface GradeVotes {
  readonly grade: Grade;
  readonly votes: number;
}

/**
 * The grade that more than half of those who voted chose, or null when there is none; then the leader decides. Fewer
 * votes than the meeting asks for make no majority; exactly as many do.
 */
export const majorityOf = (tally: readonly GradeVotes[], minimumVotes = 1): Grade | null => {
  const cast = tally.reduce((sum, { votes }) => sum + votes, 0);
  if (cast < minimumVotes) return null;
  return tally.find(({ votes }) => votes * 2 > cast)?.grade ?? null;
};

/** Votes by grade, 甲 to 废, grades without a vote included. */
export const tallyOf = (votes: readonly Grade[]): readonly GradeVotes[] =>
  grades.map((grade) => ({ grade, votes: votes.filter((vote) => vote === grade).length }));
