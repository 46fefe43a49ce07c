import fs from 'node:fs';
import path from 'node:path';
import { freePorts } from './free-ports.ts';
import { type Running, findProgram, startProgram } from './programs.ts';
import { temporaryFolder } from './repository.ts';
import { waitUntil } from './wait-until.ts';

/** A DICOM application that Orthanc may send to, by the name it is asked for. */
export interface OrthancPeer {
  readonly name: string;
  readonly aet: string;
  readonly host?: string;
  readonly port: number;
}

export interface OrthancOptions {
  readonly aet?: string;
  readonly peers?: readonly OrthancPeer[];
  readonly dicomWeb?: boolean;
  /** Orthanc's own settings, over the ones made here. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Orthanc extends Running {
  readonly url: string;
  readonly dicomPort: number;
  readonly httpPort: number;
  readonly aet: string;
  /** GET a path of the REST interface as JSON. */
  readonly get: <T>(path: string) => Promise<T>;
}

const dicomWebPlugin = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

/** A PACS of its own in a temporary folder: Orthanc with its default, durable storage. */
export async function startOrthanc(options: OrthancOptions = {}): Promise<Orthanc> {
  const [httpPort = 0, dicomPort = 0] = await freePorts(2);
  const folder = temporaryFolder('orthanc');
  const aet = options.aet ?? 'ORTHANC';
  const config = path.join(folder.path, 'orthanc.json');
  fs.writeFileSync(config, JSON.stringify(configuration(options, { httpPort, dicomPort, aet, folder: folder.path })));
  const running = startProgram(findProgram('Orthanc', 'orthanc'), [config], { env: { TCP_NODELAY: '1' } });
  const url = `http://127.0.0.1:${httpPort}`;
  await waitUntil('Orthanc to answer', async () => {
    if (running.hasExited()) throw new Error(`Orthanc ended at once: ${running.output()}`);
    return fetch(`${url}/system`).then(
      (response) => response.ok,
      () => false,
    );
  });
  const get = async <T>(place: string): Promise<T> => {
    const response = await fetch(`${url}${place}`);
    if (!response.ok) throw new Error(`Orthanc ${place}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const stop = async () => {
    await running.stop();
    folder.remove();
  };
  return { ...running, url, dicomPort, httpPort, aet, get, stop };
}

function configuration(
  options: OrthancOptions,
  place: { httpPort: number; dicomPort: number; aet: string; folder: string },
): object {
  if (options.dicomWeb && !fs.existsSync(dicomWebPlugin)) {
    throw new Error('The DICOMweb plug-in of Orthanc is not installed: apt-get install orthanc-dicomweb');
  }
  const peers = (options.peers ?? []).map((peer) => [peer.name, [peer.aet, peer.host ?? '127.0.0.1', peer.port]]);
  return {
    Name: place.aet,
    StorageDirectory: path.join(place.folder, 'storage'),
    IndexDirectory: path.join(place.folder, 'index'),
    HttpPort: place.httpPort,
    DicomPort: place.dicomPort,
    DicomAet: place.aet,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    DicomModalities: Object.fromEntries(peers),
    Plugins: options.dicomWeb ? [dicomWebPlugin] : [],
    ...options.settings,
  };
}
