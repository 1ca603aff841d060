"""Reads a folder as cloud-init's data source NoCloud does, and prints what cloud-init makes of it."""
import sys

import yaml
from cloudinit import handlers, helpers, settings, user_data, util
from cloudinit.handlers.cloud_config import CloudConfigPartHandler

seed = util.pathprefix2dict(sys.argv[1], required=["user-data", "meta-data"])
meta = yaml.safe_load(seed["meta-data"])
for key in sorted(meta):
    print("meta", key, meta[key])

paths = helpers.Paths({"cloud_dir": sys.argv[1], "run_dir": sys.argv[1]})
paths.get_ipath = lambda name=None: sys.argv[1] + "/merged.txt"
message = user_data.UserDataProcessor(paths).process(seed["user-data"])
handler = CloudConfigPartHandler(paths)
handler.handle_part(None, handlers.CONTENT_START, None, None, None, None)
for part in message.walk():
    if part.is_multipart():
        continue
    kind = part.get_content_type()
    if kind != "text/cloud-config":
        sys.exit("a part of type " + kind)
    handler.handle_part(
        None, kind, part.get_filename(), util.fully_decoded_payload(part), settings.PER_ALWAYS,
        dict(part),
    )
handler.handle_part(None, handlers.CONTENT_END, None, None, None, None)

with open(sys.argv[1] + "/merged.txt", encoding="utf-8") as merged:
    config = yaml.safe_load(merged)
users = config["users"]
print("users", [user if isinstance(user, str) else user["name"] for user in users])
print("keys", users[-1]["ssh_authorized_keys"])
print("sudo", users[-1]["sudo"])
print("groups", config["groups"])
print("growpart", config["growpart"]["mode"])
print("timezone", config.get("timezone"))
print("runcmd", config.get("runcmd"))
print("host key", config["ssh_keys"]["ecdsa_public"])
print("private host key", config["ssh_keys"]["ecdsa_private"].replace("\n", "|"))
print("delete host keys", config["ssh_deletekeys"])
