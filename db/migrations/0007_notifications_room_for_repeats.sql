-- A repeat changes its row once more; with room on its page it needs no new entries in the indexes.
ALTER TABLE "notifications" SET (fillfactor = 80);
