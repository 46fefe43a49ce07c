import type { RuleWeek } from '@jiapian/contract';
import { DAY_MS } from '@jiapian/kernel';
import { defaultFindingRules, wilsonInterval } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findSilencedRules, isSilenced } from './rule-state.repository.ts';
import {
  countMarkedItems,
  countMeasuredGraded,
  countRuleWeek,
  findSilencedIn,
  type RuleWeekRow,
} from './rule-week.repository.ts';

/** Monday and Sunday of the week that a day lies in. */
export const weekOf = (day: string): { fromDay: string; toDay: string } => {
  const moment = new Date(`${day}T00:00:00Z`);
  const sinceMonday = (moment.getUTCDay() + 6) % 7;
  const monday = new Date(moment.getTime() - sinceMonday * DAY_MS);
  return { fromDay: dayOf(monday), toDay: dayOf(new Date(monday.getTime() + 6 * DAY_MS)) };
};

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** The card of one week: how machine and readers agreed on each rule, and what the rules missed. */
export const describeRuleWeek = async (unit: UnitOfWork, day: string): Promise<RuleWeek> => {
  const days = weekOf(day);
  const silenced = await findSilencedRules(unit);
  const silencedNow = await findSilencedIn(unit, days);
  const rules = await countRuleWeek(unit, days);
  const items = await countMarkedItems(unit, days);
  return {
    ...days,
    rules: rules.map((row) => ({
      ...row,
      message: wordsOf(row),
      precision: wilsonInterval(row.agreed, row.agreed + row.rejected),
      isSilenced: isSilenced(silenced, row.rule, row.ruleVersion),
      wasSilenced: silencedNow.has(`${row.rule} ${row.ruleVersion}`),
    })),
    items: items.map(({ deduction, marked, hinted }) => ({
      deduction,
      marked,
      hinted,
      missed: marked - hinted,
      recall: wilsonInterval(hinted, marked),
    })),
    films: await countMeasuredGraded(unit, days),
  };
};

/** The rule's own words, with its figures left open; those of an analyser's rule are its last hint's. */
const wordsOf = ({ rule, message }: RuleWeekRow): RuleWeekRow['message'] => {
  const own = defaultFindingRules.find(({ id }) => id === rule)?.message ?? message;
  return { zh: open(own.zh), en: open(own.en) };
};

const open = (words: string): string => words.replaceAll(/\{\w+\}/g, '…');
