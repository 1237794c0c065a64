update deployments set paused_reason = '3 runs in a row failed', paused_at = 1772449200000000 where name = 'Nightly ü'
