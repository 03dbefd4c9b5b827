"""Runs one cell in a running kernel: python one-cell.py CONNECTION_FILE CODE. Its output is printed."""

import sys

from jupyter_client.blocking import BlockingKernelClient

client = BlockingKernelClient(connection_file=sys.argv[1])
client.load_connection_file()
client.start_channels()
client.wait_for_ready(timeout=60)
reply = client.execute_interactive(sys.argv[2], timeout=60)
client.stop_channels()
sys.exit(0 if reply["content"]["status"] == "ok" else 1)
