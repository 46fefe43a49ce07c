export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
/** How an image lies on the screen: which place is in the middle, how large, how turned. */
export interface ViewGeometry {
  /** Screen pixels per pixel of the full frame. */
  readonly zoom: number;
  /** Place of the image in the middle of the view, in pixels of the full frame. */
  readonly center: Point;
  /** Clockwise quarter turns, after the flip. */
  readonly quarterTurns: 0 | 1 | 2 | 3;
  /** Left and right exchanged. */
  readonly isFlipped: boolean;
}

export const ZOOM_MIN = 0.02;
export const ZOOM_MAX = 32;

const turn = ({ x, y }: Point, quarterTurns: number): Point => {
  switch (quarterTurns) {
    case 1:
      return { x: -y, y: x };
    case 2:
      return { x: -x, y: -y };
    case 3:
      return { x: y, y: -x };
    default:
      return { x, y };
  }
};

export const toScreen = (view: ViewGeometry, screen: Size, point: Point): Point => {
  const dx = (point.x - view.center.x) * view.zoom * (view.isFlipped ? -1 : 1);
  const turned = turn({ x: dx, y: (point.y - view.center.y) * view.zoom }, view.quarterTurns);
  return { x: turned.x + screen.width / 2, y: turned.y + screen.height / 2 };
};

export const toImage = (view: ViewGeometry, screen: Size, point: Point): Point => {
  const turned = { x: point.x - screen.width / 2, y: point.y - screen.height / 2 };
  const back = turn(turned, (4 - view.quarterTurns) % 4);
  return {
    x: view.center.x + (back.x / view.zoom) * (view.isFlipped ? -1 : 1),
    y: view.center.y + back.y / view.zoom,
  };
};

/** The zoom at which the whole image is just seen. */
export const fitZoom = (image: Size, screen: Size, quarterTurns: number): number => {
  const lies = quarterTurns % 2 === 1 ? { width: image.height, height: image.width } : image;
  return Math.min(screen.width / lies.width, screen.height / lies.height);
};

export const fitView = (image: Size, screen: Size, before?: ViewGeometry): ViewGeometry => {
  const quarterTurns = before?.quarterTurns ?? 0;
  return {
    zoom: fitZoom(image, screen, quarterTurns),
    center: { x: image.width / 2, y: image.height / 2 },
    quarterTurns,
    isFlipped: before?.isFlipped ?? false,
  };
};

/** Zooms so that the place under the cursor stays under the cursor. */
export const zoomAt = (view: ViewGeometry, screen: Size, cursor: Point, factor: number): ViewGeometry => {
  const zoom = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, view.zoom * factor));
  const place = toImage(view, screen, cursor);
  const moved = toImage({ ...view, zoom }, screen, cursor);
  return { ...view, zoom, center: { x: view.center.x + place.x - moved.x, y: view.center.y + place.y - moved.y } };
};

/** Moves the image with the cursor by screen pixels. */
export const panBy = (view: ViewGeometry, screen: Size, delta: Point): ViewGeometry => {
  const middle = { x: screen.width / 2 - delta.x, y: screen.height / 2 - delta.y };
  return { ...view, center: toImage(view, screen, middle) };
};
