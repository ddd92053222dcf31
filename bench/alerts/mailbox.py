"""A mail server by python3-aiosmtpd that notes what it takes: the alert's ID, the
Message-ID and the receiver of each mail, a line each, in the file that it is told.
It prints its port and ends with its standard input."""

import asyncio
import email
import sys

from aiosmtpd.smtp import SMTP


class Keep:
    def __init__(self, log):
        self.log = log

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content)
        line = "\t".join([mail["X-Ewgwatch-Alert"], mail["Message-ID"], ",".join(envelope.rcpt_tos)])
        self.log.write(line.encode() + b"\n")
        return "250 kept"


async def main():
    loop = asyncio.get_running_loop()
    keep = Keep(open(sys.argv[1], "ab", buffering=0))
    server = await loop.create_server(lambda: SMTP(keep, hostname="localhost"), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
