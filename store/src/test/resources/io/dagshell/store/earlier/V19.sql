update agents set version = '0.1.0', not_served = 'is of an older DagShell than the server'
