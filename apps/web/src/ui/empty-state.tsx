import type { ReactNode } from 'react';

/** Says what will appear here and the first step towards it. */
export function EmptyState(content: { title: string; text?: ReactNode; action?: ReactNode }) {
  return (
    <div style={{ textAlign: 'center', padding: '48px 16px', display: 'grid', gap: 8, justifyItems: 'center' }}>
      <strong style={{ fontSize: 15 }}>{content.title}</strong>
      {content.text ? (
        <div className="secondary" style={{ maxWidth: 560 }}>
          {content.text}
        </div>
      ) : null}
      {content.action ? <div style={{ marginTop: 8 }}>{content.action}</div> : null}
    </div>
  );
}
