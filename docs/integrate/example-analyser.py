#!/usr/bin/env python3
"""An analyser in one file: answers Jiapian's question about one picture. Needs Python 3.9 and nothing else.

    python3 example-analyser.py --port 9000 --token 'open sesame'

`measure` is the part to replace. With an ONNX model it becomes, for instance:

    import numpy, onnxruntime
    session = onnxruntime.InferenceSession('model.onnx', providers=['CPUExecutionProvider'])
    kinds = {'uint8': '<u1', 'int16': '<i2', 'uint16': '<u2'}
    picture = numpy.frombuffer(samples, kinds[frame['sampleType']]).reshape(frame['rows'], frame['columns'])
    # … scale as the model was trained, then session.run(None, {session.get_inputs()[0].name: picture})
"""
import argparse
import array
import base64
import hmac
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROGRAM = {'name': 'example-analyser', 'version': '1.0.0'}
LARGEST_QUESTION = 128 * 1024 * 1024
TYPE_CODES = {'uint8': 'B', 'int16': 'h', 'uint16': 'H'}


def measure(facts, frame, samples):
    """The share of pixels at the very top of the range. Answers (measurements, notMeasured, findings)."""
    values = array.array(TYPE_CODES[frame['sampleType']], samples)
    if sys.byteorder == 'big':
        values.byteswap()
    if len(values) < 100:
        return [], [{'metric': 'top-share', 'reason': 'too-small'}], []
    top = max(values)
    share = sum(1 for value in values if value == top) / len(values)
    figure = {'metric': 'top-share', 'value': share, 'unit': '1', 'method': 'count', 'version': 1}
    hints = []
    if share > 0.1:
        hints.append({
            'rule': 'much-saturated', 'version': 1, 'severity': 'notice',
            'message': {'zh': '大片区域达到最大值', 'en': 'A large part of the picture is at its highest value'},
            'metric': 'top-share', 'value': share, 'unit': '1', 'limit': 0.1,
        })
    return [figure], [], hints


class Analyser(BaseHTTPRequestHandler):
    token = ''

    def do_POST(self):
        if self.token and not hmac.compare_digest(self.headers.get('authorization', ''), f'Bearer {self.token}'):
            return self.reply(401, {})
        length = int(self.headers.get('content-length', '0'))
        if not 0 < length <= LARGEST_QUESTION:
            return self.reply(413, {})
        try:
            question = json.loads(self.rfile.read(length))
            frame = question['frame']
            answer = measure(question['facts'], frame, base64.b64decode(frame['samples']))
        except (KeyError, ValueError):
            return self.reply(400, {})
        names = ('measurements', 'notMeasured', 'findings')
        head = {'contract': 1, 'requestId': question['requestId'], 'program': PROGRAM}
        self.reply(200, {**head, **dict(zip(names, answer))})

    def reply(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header('content-type', 'application/json')
        self.send_header('content-length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Nothing about pictures is written anywhere."""


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=9000)
    parser.add_argument('--token', default='')
    options = parser.parse_args()
    Analyser.token = options.token
    ThreadingHTTPServer((options.host, options.port), Analyser).serve_forever()
