import type { ReactNode } from 'react';
import './card.css';

/** A titled panel: heading, a quiet remark beside it, actions at the right, content below. */
export function Card(props: {
  readonly title: ReactNode;
  readonly remark?: ReactNode;
  readonly actions?: ReactNode;
  readonly isFlush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={`card panel ${props.className ?? ''}`}>
      <header>
        <h2>{props.title}</h2>
        {props.remark ? <span className="panel-remark">{props.remark}</span> : null}
        <span className="spacer" />
        {props.actions}
      </header>
      <div className={props.isFlush ? 'panel-flush' : 'panel-body'}>{props.children}</div>
    </section>
  );
}
