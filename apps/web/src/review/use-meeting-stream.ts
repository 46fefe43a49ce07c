import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { addressOf } from '../api/address.ts';
import { meetingQuery } from './meeting-queries.ts';

const placeSchema = z.object({ x: z.number(), y: z.number() }).nullable();
export type PointedPlace = z.infer<typeof placeSchema>;

/** Keeps every screen of a meeting at the same film, count and pointer; says whether the line stands. */
export const useMeetingStream = (meetingId: string): { pointed: PointedPlace; isLive: boolean } => {
  const client = useQueryClient();
  const [pointed, setPointed] = useState<PointedPlace>(null);
  const [isLive, setLive] = useState(true);
  useEffect(() => {
    const stream = new EventSource(addressOf(`/meetings/${meetingId}/events`));
    const look = (): void => void client.invalidateQueries({ queryKey: meetingQuery(meetingId).queryKey });
    stream.addEventListener('changed', () => {
      setPointed(null);
      look();
    });
    stream.addEventListener('counted', look);
    stream.addEventListener('pointer', ({ data }: MessageEvent<string>) => {
      const parsed = placeSchema.safeParse(JSON.parse(data));
      if (parsed.success) setPointed(parsed.data);
    });
    stream.addEventListener('open', () => {
      setLive(true);
      look();
    });
    stream.addEventListener('error', () => setLive(false));
    return () => stream.close();
  }, [client, meetingId]);
  return { pointed, isLive };
};
